import {
  type ObjectStore,
  type StoredVersion,
  StoreError,
  type VersionedStore,
} from "@backuppc-archive-s3/s3-transport";

export interface MemoryVersionsOptions {
  /** Whether a version of this key may not be deleted; none is locked unless given. */
  readonly isLocked?: (key: string) => boolean;
}

/** A bucket with versioning, in memory: nothing is lost until its version is deleted. */
export function createMemoryVersions({ isLocked }: MemoryVersionsOptions = {}): {
  readonly store: ObjectStore;
  readonly versions: VersionedStore;
} {
  /** By key, the newest first. */
  const objects = new Map<string, Kept[]>();
  let last = 0;
  const add = (key: string, kept: Omit<Kept, "version">): void => {
    objects.set(key, [{ ...kept, version: `v${++last}` }, ...(objects.get(key) ?? [])]);
  };
  const latest = (key: string): Kept | undefined => {
    const kept = objects.get(key)?.[0];
    return kept?.bytes === undefined ? undefined : kept;
  };
  return {
    store: {
      async put(key, body, { signal, onlyIfAbsent = false } = {}) {
        const pieces: Uint8Array[] = [];
        for await (const piece of body.open()) pieces.push(piece);
        signal?.throwIfAborted();
        if (onlyIfAbsent && latest(key) !== undefined) throw failure("exists", key);
        add(key, { bytes: Buffer.concat(pieces), modified: new Date() });
      },
      async get(key, { signal } = {}) {
        signal?.throwIfAborted();
        const { bytes } = latest(key) ?? {};
        if (bytes === undefined) throw failure("not-found", key);
        return once(bytes);
      },
      async *list(prefix) {
        for (const key of sortedKeys(objects, prefix)) {
          const { bytes, modified } = latest(key) ?? {};
          if (bytes && modified) yield { key, length: bytes.length, modified };
        }
      },
      async delete(keys) {
        for (const key of keys) add(key, { modified: new Date() });
        return [];
      },
    },
    versions: {
      protection: async () => ({ versioning: "enabled", objectLock: isLocked !== undefined }),
      async *listVersions(prefix) {
        for (const key of sortedKeys(objects, prefix))
          yield* versionsOf(key, objects.get(key) ?? []);
      },
      async deleteVersions(doomed) {
        const failures = [];
        for (const { key, version } of doomed) {
          const kept = objects.get(key) ?? [];
          const found = kept.find((one) => one.version === version);
          if (found?.bytes !== undefined && isLocked?.(key) === true)
            failures.push({ key, reason: "AccessDenied: locked" });
          else
            objects.set(
              key,
              kept.filter((one) => one !== found),
            );
        }
        return failures;
      },
    },
  };
}

/** A version, or a delete marker, which has no bytes. */
interface Kept {
  readonly version: string;
  readonly bytes?: Buffer;
  readonly modified: Date;
}

function versionsOf(key: string, kept: readonly Kept[]): StoredVersion[] {
  return kept.map(({ version, bytes, modified }, index) => {
    const about = { length: bytes?.length ?? 0, deleteMarker: bytes === undefined };
    return { key, version, modified, latest: index === 0, ...about };
  });
}

function sortedKeys(objects: ReadonlyMap<string, unknown>, prefix: string): string[] {
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix));
  return keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function failure(code: "exists" | "not-found", key: string): StoreError {
  return new StoreError(code, `${key} is ${code}.`, { hint: "", permanent: true });
}
