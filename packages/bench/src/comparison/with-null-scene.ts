import type { Scene } from "../contender/scene.ts";
import { nullTarget } from "../store/null-target.ts";
import { startNullStore } from "../store/start-null-store.ts";
import type { BenchOptions } from "./bench-options.ts";
import { withScene } from "./with-scene.ts";

/** A scene before a store that drops everything. */
export async function withNullScene<Value>(
  options: BenchOptions,
  use: (scene: Scene) => Promise<Value>,
): Promise<Value> {
  const store = await startNullStore();
  const nothing = async (): Promise<void> => {};
  try {
    return await withScene(options, nullTarget(store.endpoint), nothing, use);
  } finally {
    store.stop();
  }
}
