import { join } from "node:path";
import { startEmbeddedStore } from "@backuppc-archive-s3/test-rig";
import type { Scene } from "../contender/scene.ts";
import { nullTarget } from "../store/null-target.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withFolder } from "./with-folder.ts";
import { withScene } from "./with-scene.ts";

/** A scene before a small store that keeps what it is given, to be read again. */
export async function withKeptScene<Value>(
  options: BenchOptions,
  use: (scene: Scene) => Promise<Value>,
): Promise<Value> {
  return await withFolder(async (folder) => {
    const keys = nullTarget("");
    const directory = join(folder, "objects");
    const store = await startEmbeddedStore({ ...keys, directory, buckets: [keys.bucket] });
    const nothing = async (): Promise<void> => {};
    try {
      return await withScene(options, { ...keys, endpoint: store.endpoint }, nothing, use);
    } finally {
      await store.stop();
    }
  });
}
