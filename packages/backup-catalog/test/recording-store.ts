import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";

/** What happens to a put: `lost` stores it, and its answer never arrives. */
export type Fate = "stored" | "lost" | "failed";

/** Writes down each call, in a word and its key, and decides the fate of puts. */
export function recordingStore(
  store: ObjectStore,
  fate: (key: string) => Fate = () => "stored",
): ObjectStore & { readonly calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    now: () => store.now(),
    async put(key, body, options) {
      calls.push(`${options?.onlyIfAbsent === true ? "put-once" : "put"} ${key}`);
      const decided = fate(key);
      const receipt = decided === "failed" ? {} : await store.put(key, body, options);
      if (decided !== "stored") throw new Error(`the put of ${key} is ${decided}`);
      return receipt;
    },
    async get(key, options) {
      calls.push(`get ${key}`);
      return await store.get(key, options);
    },
    list(prefix, options) {
      calls.push(`list ${prefix}`);
      return store.list(prefix, options);
    },
    async delete(keys, options) {
      calls.push(`delete ${keys.length}`);
      return await store.delete(keys, options);
    },
  };
}
