import { buffer } from "node:stream/consumers";
import type { ObjectStore } from "../object-store.ts";
import { once, refusal, sortedKeys } from "./in-memory.ts";

/** An object as it is kept in memory. */
export interface MemoryObject {
  readonly bytes: Buffer;
  readonly modified: Date;
}

/**
 * An ObjectStore that keeps what it is given in a map; for tests of what uses a store.
 *
 * @param objects by key: what is there from the start, and where to look at what was stored
 *
 * @example
 * const store = createMemoryStore();
 * await store.put("hello.txt", bytesBody(Buffer.from("hello")));
 */
export function createMemoryStore(objects: Map<string, MemoryObject> = new Map()): ObjectStore {
  return {
    async put(key, body, { signal, onlyIfAbsent = false } = {}) {
      const bytes = await buffer(body.open());
      signal?.throwIfAborted();
      if (onlyIfAbsent && objects.has(key)) throw refusal("exists", key);
      objects.set(key, { bytes, modified: new Date() });
    },

    async get(key, { signal } = {}) {
      signal?.throwIfAborted();
      const object = objects.get(key);
      if (object === undefined) throw refusal("not-found", key);
      return once(object.bytes);
    },

    async *list(prefix) {
      for (const key of sortedKeys(objects, prefix)) {
        const object = objects.get(key);
        if (object) yield { key, length: object.bytes.length, modified: object.modified };
      }
    },

    async delete(keys) {
      for (const key of keys) objects.delete(key);
      return [];
    },
  };
}
