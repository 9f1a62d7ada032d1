import { createHash } from "node:crypto";
import type { ObjectBody, ObjectStore } from "./object-store.ts";

/**
 * Sends the MD5 of each body, where a store demands it: for a lock, S3 asks for
 * Content-MD5 or a checksum that not every store knows. It costs one more
 * reading of the body, before and not while it is sent.
 */
export function withContentMd5(store: ObjectStore): ObjectStore {
  return {
    ...store,
    async put(key, body, options) {
      const { length, sha256 } = body;
      const md5 = body.md5 ?? (await md5Of(body, options?.signal));
      await store.put(key, { length, sha256, md5, open: () => body.open() }, options);
    },
  };
}

async function md5Of(body: ObjectBody, signal: AbortSignal | undefined): Promise<string> {
  const md5 = createHash("md5");
  for await (const piece of body.open()) {
    signal?.throwIfAborted();
    md5.update(piece);
  }
  return md5.digest("hex");
}
