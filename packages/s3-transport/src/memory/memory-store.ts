import { checkGet, checkKeys, checkList } from "../check/check-call.ts";
import type { ObjectStore } from "../object-store.ts";
import { AnswerClock, once, received, refusal, sortedKeys } from "./in-memory.ts";

/** An object as it is kept in memory. */
export interface MemoryObject {
  readonly bytes: Buffer;
  readonly modified: Date;
}

/** What a store in memory takes from outside. */
export interface MemoryOptions {
  /** The store's clock; the machine's unless given. */
  readonly now?: () => Date;
}

/**
 * An ObjectStore that keeps what it is given in a map; for tests of what uses a store.
 *
 * @param objects by key: what is there from the start, and where to see what was stored
 *
 * @example
 * const store = createMemoryStore();
 * await store.put("hello.txt", bytesBody(Buffer.from("hello")));
 */
export function createMemoryStore(
  objects: Map<string, MemoryObject> = new Map(),
  { now = () => new Date() }: MemoryOptions = {},
): ObjectStore {
  const clock = new AnswerClock(now);
  return {
    async put(key, body, options = {}) {
      const bytes = await received(key, body, options);
      const modified = clock.answer();
      if (options.onlyIfAbsent === true && objects.has(key)) throw refusal("exists", key);
      objects.set(key, { bytes, modified });
      return {};
    },

    async get(key, options = {}) {
      checkGet(key, options);
      const { signal, from } = options;
      signal?.throwIfAborted();
      const object = objects.get(key);
      if (object === undefined) throw refusal("not-found", key);
      clock.answer();
      return once(object.bytes.subarray(from));
    },

    async *list(prefix, options) {
      checkList(prefix, options);
      clock.answer();
      for (const key of sortedKeys(objects, prefix, options)) {
        const object = objects.get(key);
        if (object) yield { key, length: object.bytes.length, modified: object.modified };
      }
    },

    async delete(keys) {
      checkKeys(keys);
      clock.answer();
      for (const key of keys) objects.delete(key);
      return [];
    },

    now: () => clock.now(),
  };
}
