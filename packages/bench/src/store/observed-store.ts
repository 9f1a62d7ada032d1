import { startEmbeddedStore } from "@backuppc-archive-s3/test-rig";
import { nullTarget } from "./null-target.ts";
import type { Target } from "./target.ts";

/** A request as it reached a store. */
export interface Seen {
  readonly method: string;
  readonly key: string;
  /** When, by `performance.now()`. */
  readonly at: number;
}

/** A small store in this process that keeps what it is given. */
export interface ObservedStore {
  readonly target: Target;
  /** All requests so far. */
  readonly requests: readonly Seen[];
  stop(): Promise<void>;
}

/** Starts one on the loopback, with its objects in a folder. */
export async function startObservedStore(directory: string): Promise<ObservedStore> {
  const keys = nullTarget("");
  const requests: Seen[] = [];
  const store = await startEmbeddedStore({
    ...keys,
    directory,
    buckets: [keys.bucket],
    fault: ({ method, key }) => {
      requests.push({ method, key, at: performance.now() });
      return undefined;
    },
  });
  return {
    target: { ...keys, endpoint: store.endpoint },
    requests,
    stop: async () => await store.stop(),
  };
}
