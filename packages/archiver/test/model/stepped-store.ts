import type { MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { Actor, Scheduler } from "./scheduler.ts";

/** Keys of a list that come in one answer: what happens between two of them, a list sees in part. */
const PAGE = 5;

/** The store as one actor sees it: each request takes time, and a list is no snapshot. */
export function steppedStore(
  objects: Map<string, MemoryObject>,
  scheduler: Scheduler,
  actor: Actor,
  { overwrites = false }: { readonly overwrites?: boolean } = {},
): ObjectStore {
  const store = createMemoryStore(objects, { now: () => new Date(scheduler.now) });
  const turn = (): Promise<void> => scheduler.turn(actor);
  return {
    async put(key, body, options = {}) {
      await turn();
      return await store.put(key, body, overwrites ? {} : options);
    },
    async get(key, options) {
      await turn();
      return await store.get(key, options);
    },
    async *list(prefix) {
      for (let last = "", more = true; more;) {
        await turn();
        const page = [];
        for await (const object of store.list(prefix)) {
          if (object.key > last) page.push(object);
          if (page.length === PAGE) break;
        }
        more = page.length === PAGE;
        last = page.at(-1)?.key ?? last;
        yield* page;
      }
    },
    async delete(keys) {
      // One request may be cut short: what it names goes key by key.
      for (const key of keys) {
        await turn();
        await store.delete([key]);
      }
      return [];
    },
    now: () => store.now(),
  };
}
