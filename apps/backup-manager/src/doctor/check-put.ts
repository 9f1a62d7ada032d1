import {
  type BucketInspector,
  bytesBody,
  type ObjectStore,
  StoreError,
} from "@backuppc-archive-s3/s3-transport";
import { failed, type Finding, ok, skipped, unknown, warning } from "./finding.ts";
import { errorOf, isDenial } from "./try-rights.ts";

/** Whether the store refuses to overwrite. @param key of an object that is there */
export async function checkConditionalPut(store: ObjectStore, key: string): Promise<Finding> {
  const check = "conditional put";
  const error = await errorOf(async () => {
    await store.put(key, bytesBody(Buffer.from("another")), { onlyIfAbsent: true });
  });
  if (error instanceof StoreError && error.code === "exists")
    return ok(check, "an existing object is not overwritten");
  if (error !== undefined) return { ...failed(check, error), state: "warning" };
  const message = "the store ignores If-None-Match: an existing object was overwritten";
  return warning(check, message, "Use Object Lock: the uploader's key can overwrite archives.");
}

/** Stores under a digest that is not the body's. @param key of no object */
export async function checkDigest(store: ObjectStore, key: string): Promise<Finding> {
  const wrong = { ...bytesBody(Buffer.from("body")), sha256: "0".repeat(64) };
  const error = await errorOf(async () => {
    await store.put(key, wrong, { onlyIfAbsent: true });
  });
  if (error instanceof StoreError && error.code === "corrupted")
    return ok("digest", "a body that was changed in transit is refused");
  if (error !== undefined) return failed("digest", error);
  const remedy = "Use https, and run `verify --data` regularly.";
  return warning("digest", "this store does not check whether a body was changed", remedy);
}

/** @param key whole, of an object that may be overwritten */
export async function checkChecksums(inspector: BucketInspector, key: string): Promise<Finding> {
  const check = "checksums";
  try {
    const state = await inspector.checksums(key);
    if (state === "checked") return ok(check, "x-amz-checksum-sha256 is checked");
    return ok(check, "x-amz-checksum-sha256 is ignored; the signed digest is what counts");
  } catch (error) {
    if (isDenial(error)) return skipped(check, "this key may not overwrite, so nothing was tried");
    return unknown(check, error);
  }
}
