import { buffer } from "node:stream/consumers";
import type { ObjectStore } from "../object-store.ts";
import type { StoredVersion, VersionedStore } from "../versioned-store.ts";
import { once, refusal, sortedKeys } from "./in-memory.ts";

export interface MemoryVersionsOptions {
  /** Whether a version of this key may not be deleted; none is locked unless given. */
  readonly isLocked?: (key: string) => boolean;
}

/** A bucket with versioning, in memory: nothing is lost until its version is deleted. For tests. */
export function createMemoryVersions({ isLocked }: MemoryVersionsOptions = {}): {
  readonly store: ObjectStore;
  readonly versions: VersionedStore;
} {
  const objects: Objects = new Map();
  return { store: storeOf(objects), versions: versionsOf(objects, isLocked) };
}

/** By key, the newest first. */
type Objects = Map<string, readonly Kept[]>;

/** A version, or a delete marker, which has no bytes. */
interface Kept {
  readonly version: string;
  readonly bytes?: Buffer;
  readonly modified: Date;
}

/** What a plain put, get, list and delete see of them. */
function storeOf(objects: Objects): ObjectStore {
  let last = 0;
  const add = (key: string, content: { readonly bytes?: Buffer }): void => {
    const kept = { ...content, version: `v${++last}`, modified: new Date() };
    objects.set(key, [kept, ...(objects.get(key) ?? [])]);
  };
  return {
    async put(key, body, { signal, onlyIfAbsent = false } = {}) {
      const bytes = await buffer(body.open());
      signal?.throwIfAborted();
      if (onlyIfAbsent && objects.get(key)?.[0]?.bytes !== undefined) throw refusal("exists", key);
      add(key, { bytes });
    },

    async get(key, { signal } = {}) {
      signal?.throwIfAborted();
      const bytes = objects.get(key)?.[0]?.bytes;
      if (bytes === undefined) throw refusal("not-found", key);
      return once(bytes);
    },

    async *list(prefix) {
      for (const key of sortedKeys(objects, prefix)) {
        const { bytes, modified } = objects.get(key)?.[0] ?? {};
        if (bytes && modified) yield { key, length: bytes.length, modified };
      }
    },

    async delete(keys) {
      for (const key of keys) add(key, {});
      return [];
    },
  };
}

function versionsOf(
  objects: Objects,
  isLocked: ((key: string) => boolean) | undefined,
): VersionedStore {
  return {
    protection: async () => ({ versioning: "enabled", objectLock: isLocked !== undefined }),

    async *listVersions(prefix) {
      for (const key of sortedKeys(objects, prefix)) yield* storedVersions(key, objects.get(key));
    },

    async deleteVersions(doomed) {
      const failures = [];
      for (const { key, version } of doomed) {
        const kept = objects.get(key) ?? [];
        const found = kept.find((one) => one.version === version);
        const left = kept.filter((one) => one !== found);
        if (found?.bytes !== undefined && isLocked?.(key) === true)
          failures.push({ key, reason: "AccessDenied: locked" });
        else objects.set(key, left);
      }
      return failures;
    },
  };
}

function storedVersions(key: string, kept: readonly Kept[] = []): StoredVersion[] {
  return kept.map(({ version, bytes, modified }, index) => {
    const about = { length: bytes?.length ?? 0, deleteMarker: bytes === undefined };
    return { key, version, modified, latest: index === 0, ...about };
  });
}
