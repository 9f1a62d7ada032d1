import { createHash } from "node:crypto";
import type { ObjectStore } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import { withQuirks } from "../with-quirks.ts";

/**
 * Sends the MD5 of each body where it is to be locked: S3 demands Content-MD5
 * for that, or a checksum, which not every store knows. It costs one more reading of the
 * body, before and not while it is sent: wrap a limit of uploads in this, and not this in it.
 *
 * @param location what is put where; the store itself is given back if it needs no MD5
 */
export function withContentMd5(
  store: ObjectStore,
  location: Omit<S3Location, "bucket" | "region">,
): ObjectStore {
  const { objectLock, checksum } = withQuirks(location);
  if (objectLock === undefined || checksum === "sha256") return store;
  return {
    ...store,
    async put(key, body, options) {
      options?.signal?.throwIfAborted();
      const md5 = body.md5 ?? createHash("md5").update(body.bytes).digest("hex");
      return await store.put(key, { ...body, md5 }, options);
    },
  };
}
