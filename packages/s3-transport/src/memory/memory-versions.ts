import { checkGet, checkKeys, checkList } from "../check/check-call.ts";
import type { ObjectStore } from "../object-store.ts";
import type { StoredVersion, VersionedStore } from "../versioned-store.ts";
import { AnswerClock, once, received, refusal, sortedKeys } from "./in-memory.ts";
import type { MemoryOptions } from "./memory-store.ts";

/** The same for a bucket with versioning. */
export interface MemoryVersionsOptions extends MemoryOptions {
  /** Whether a version of this key may not be deleted; none is locked unless given. */
  readonly isLocked?: (key: string) => boolean;
}

/** A bucket with versioning, in memory: nothing is lost until its version is deleted. For tests. */
export function createMemoryVersions({
  isLocked,
  now = () => new Date(),
}: MemoryVersionsOptions = {}): {
  readonly store: ObjectStore;
  readonly versions: VersionedStore;
} {
  const objects: Objects = new Map();
  return { store: storeOf(objects, new AnswerClock(now)), versions: versionsOf(objects, isLocked) };
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
function storeOf(objects: Objects, clock: AnswerClock): ObjectStore {
  let last = 0;
  const add = (key: string, content: { readonly bytes?: Buffer }): string => {
    const newest = { ...content, version: `v${++last}`, modified: clock.answer() };
    objects.set(key, [newest, ...(objects.get(key) ?? [])]);
    return newest.version;
  };
  return {
    async put(key, body, options = {}) {
      const bytes = await received(key, body, options);
      const taken = objects.get(key)?.[0]?.bytes !== undefined;
      clock.answer();
      if (options.onlyIfAbsent === true && taken) throw refusal("exists", key);
      return { versionId: add(key, { bytes }) };
    },

    async get(key, options = {}) {
      checkGet(key, options);
      const { signal, versionId, from } = options;
      signal?.throwIfAborted();
      const bytes = kept(objects, key, versionId)?.bytes;
      if (bytes === undefined) throw refusal("not-found", key);
      clock.answer();
      return once(bytes.subarray(from));
    },

    async *list(prefix, options) {
      checkList(prefix, options);
      clock.answer();
      for (const key of sortedKeys(objects, prefix, options)) {
        const { bytes, modified } = kept(objects, key) ?? {};
        if (bytes && modified) yield { key, length: bytes.length, modified };
      }
    },

    async delete(keys) {
      checkKeys(keys);
      for (const key of keys) add(key, {});
      return [];
    },

    now: () => clock.now(),
  };
}

/** A version of a key, or its newest. */
function kept(objects: Objects, key: string, versionId?: string): Kept | undefined {
  const all = objects.get(key) ?? [];
  return versionId === undefined ? all[0] : all.find(({ version }) => version === versionId);
}

function versionsOf(
  objects: Objects,
  isLocked: ((key: string) => boolean) | undefined,
): VersionedStore {
  return {
    protection: async () => ({ versioning: "enabled", objectLock: isLocked !== undefined }),

    async *listVersions(prefix, options) {
      checkList(prefix, options);
      for (const key of sortedKeys(objects, prefix, options))
        yield* storedVersions(key, objects.get(key));
    },

    async deleteVersions(doomed) {
      const failures = [];
      for (const { key, version } of doomed) {
        const found = kept(objects, key, version);
        const left = (objects.get(key) ?? []).filter((one) => one !== found);
        if (found?.bytes !== undefined && isLocked?.(key) === true)
          failures.push({ key, reason: "AccessDenied: locked" });
        else objects.set(key, left);
      }
      return failures;
    },
  };
}

function storedVersions(key: string, all: readonly Kept[] = []): StoredVersion[] {
  return all.map(({ version, bytes, modified }, index) => {
    const about = { length: bytes?.length ?? 0, deleteMarker: bytes === undefined };
    return { key, version, modified, latest: index === 0, ...about };
  });
}
