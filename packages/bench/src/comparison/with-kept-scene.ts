import { join } from "node:path";
import type { Scene } from "../contender/scene.ts";
import { type ObservedStore, startObservedStore } from "../store/observed-store.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withFolder } from "./with-folder.ts";
import { withScene } from "./with-scene.ts";

/** A scene before a small store that keeps what it is given, to be read again. */
export async function withKeptScene<Value>(
  options: BenchOptions,
  use: (scene: Scene, store: ObservedStore) => Promise<Value>,
): Promise<Value> {
  return await withFolder(async (folder) => {
    const store = await startObservedStore(join(folder, "objects"));
    const nothing = async (): Promise<void> => {};
    try {
      return await withScene(options, store.target, nothing, async (scene) => {
        return await use(scene, store);
      });
    } finally {
      await store.stop();
    }
  });
}
