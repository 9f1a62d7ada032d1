import { createHash } from "node:crypto";
import type { ObjectBody, ObjectStore } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";

/**
 * Sends the MD5 of each body where it is to be locked: S3 demands Content-MD5
 * for that, or a checksum, which not every store knows. It costs one more reading of the
 * body, before and not while it is sent: wrap a limit of uploads in this, and not this in it.
 *
 * @param location what is put where; the store itself is given back if it needs no MD5
 */
export function withContentMd5(
  store: ObjectStore,
  { objectLock, checksum }: Pick<S3Location, "objectLock" | "checksum">,
): ObjectStore {
  if (objectLock === undefined || checksum === "sha256") return store;
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
