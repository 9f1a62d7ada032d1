import { type ObjectStore, StoreError } from "@backuppc-archive-s3/s3-transport";

/** An ObjectStore that keeps what it is given in a map. */
export function createMemoryStore(
  objects: Map<string, { readonly bytes: Buffer; readonly modified: Date }> = new Map(),
): ObjectStore {
  return {
    async put(key, body, { signal, onlyIfAbsent = false } = {}) {
      const pieces: Uint8Array[] = [];
      for await (const piece of body.open()) pieces.push(piece);
      signal?.throwIfAborted();
      if (onlyIfAbsent && objects.has(key)) throw failure("exists", `${key} is there already.`);
      objects.set(key, { bytes: Buffer.concat(pieces), modified: new Date() });
    },

    async get(key, { signal } = {}) {
      signal?.throwIfAborted();
      const object = objects.get(key);
      if (object === undefined) throw failure("not-found", `${key} is not there.`);
      return once(object.bytes);
    },

    async *list(prefix) {
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix));
      for (const key of keys.toSorted(byBytes)) {
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

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function failure(code: "exists" | "not-found", message: string): StoreError {
  return new StoreError(code, message, { hint: "", permanent: true });
}
