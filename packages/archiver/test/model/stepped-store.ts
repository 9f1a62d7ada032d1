import type { MemoryObject } from "@backuppc-archive-s3/s3-transport/memory";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { type ObjectStore, StoreError } from "@backuppc-archive-s3/s3-transport";
import type { Actor, Scheduler } from "./scheduler.ts";

/** Keys of a list that come in one answer: what happens between two of them, a list sees in part. */
const PAGE = 5;

export interface SteppedOptions {
  readonly overwrites?: boolean;
  /** Whether the answer to a put is lost now: the next try finds the key taken. Only of canaries: each other key is the putter's own. */
  readonly loses?: () => boolean;
}

/** The store as one actor sees it: each request takes time, and a list is no snapshot. */
export function steppedStore(
  objects: Map<string, MemoryObject>,
  scheduler: Scheduler,
  actor: Actor,
  { overwrites = false, loses = () => false }: SteppedOptions = {},
): ObjectStore {
  const store = createMemoryStore(objects, { now: () => new Date(scheduler.now) });
  const turn = (): Promise<void> => scheduler.turn(actor);
  return {
    async put(key, body, options = {}) {
      await turn();
      const receipt = await store.put(key, body, overwrites ? {} : options);
      if (key.startsWith("uploaders/") && loses()) throw perhapsOurs(key);
      return receipt;
    },
    async get(key, options) {
      await turn();
      return await store.get(key, options);
    },
    async *list(prefix) {
      // Canaries have random names: pages of them would make two histories of one seed.
      const most = prefix.startsWith("uploaders/") ? Infinity : PAGE;
      for (let last = "", more = true; more;) {
        await turn();
        const page = [];
        for await (const object of store.list(prefix)) {
          if (object.key > last) page.push(object);
          if (page.length === most) break;
        }
        more = page.length === most;
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

function perhapsOurs(key: string): StoreError {
  return new StoreError("exists", key, { permanent: true, answered: false });
}
