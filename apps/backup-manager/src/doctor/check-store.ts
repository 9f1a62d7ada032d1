import { randomBytes } from "node:crypto";
import {
  type BucketInspector,
  bytesBody,
  type ObjectStore,
  StoreError,
} from "@backuppc-archive-s3/s3-transport";
import { failed, type Finding, ok, skipped, unknown, warning } from "./finding.ts";

/**
 * Lists, and stores, reads and deletes a small object of its own, as the other
 * commands and archive-host do. archive-host's key need not list, nor a manager's store.
 *
 * @param place its key does not exist yet
 * @returns `answers` is false if the store cannot be reached, so that further checks are useless
 */
export async function checkStore(
  store: ObjectStore,
  inspector: BucketInspector,
  { prefix, key }: { readonly prefix: string; readonly key: string },
): Promise<{ readonly findings: Finding[]; readonly answers: boolean }> {
  const listError = await errorOf(async () => {
    for await (const _ of store.list(`${prefix}archives/`)) break;
  });
  if (listError !== undefined && !isDenial(listError)) {
    return { findings: [failed("list", listError)], answers: false };
  }
  const putError = await errorOf(async () => {
    await store.put(key, bytesBody(randomBytes(16)), { onlyIfAbsent: true });
  });
  const mayList = listOf(listError, isDenial(putError));
  if (isDenial(putError)) {
    const message = `this key may not write the test object ${key}`;
    return { findings: [mayList, skipped("put", message)], answers: true };
  }
  if (putError !== undefined)
    return { findings: [mayList, failed("put", putError)], answers: true };
  const tried = await tryStored(store, inspector, key);
  return { findings: [mayList, ok("put", "an object can be stored"), ...tried], answers: true };
}

async function tryStored(
  store: ObjectStore,
  inspector: BucketInspector,
  key: string,
): Promise<Finding[]> {
  const conditionalPut = await checkConditionalPut(store, key);
  const digest = await checkDigest(store, key);
  const checksums = await checkChecksums(inspector, key);
  const getError = await errorOf(async () => {
    for await (const _ of await store.get(key));
  });
  const deleteError = await errorOf(async () => {
    const [failure] = await store.delete([key]);
    if (failure !== undefined) throw new Error(`${failure.key} stays: ${failure.reason}`);
  });
  return [
    conditionalPut,
    digest,
    checksums,
    rightOf("get", getError, "the object can be read", "script needs that right"),
    rightOf(
      "delete",
      deleteError,
      "the object can be deleted",
      `delete needs that right, and ${key} stays`,
    ),
  ];
}

function listOf(error: unknown, neither: boolean): Finding {
  if (error === undefined) return ok("list", "archives can be listed");
  if (neither) return failed("list", error);
  return warning("list", "this key may not list: that is enough for archive-host only", RIGHTS);
}

function rightOf(check: string, error: unknown, well: string, without: string): Finding {
  if (error === undefined) return ok(check, well);
  return isDenial(error)
    ? warning(check, `this key may not: ${without}`, RIGHTS)
    : failed(check, error);
}

const RIGHTS = "`backup-manager policy manager` prints the rights.";

async function checkConditionalPut(store: ObjectStore, key: string): Promise<Finding> {
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

/** Stores under a digest that is not the body's. */
async function checkDigest(store: ObjectStore, key: string): Promise<Finding> {
  const wrong = { ...bytesBody(Buffer.from("body")), sha256: "0".repeat(64) };
  const error = await errorOf(async () => {
    await store.put(key, wrong);
  });
  if (error instanceof StoreError && error.code === "corrupted")
    return ok("digest", "a body that was changed in transit is refused");
  if (error !== undefined) return failed("digest", error);
  const remedy = "Use https, and run `verify --data` regularly.";
  return warning("digest", "this store does not check whether a body was changed", remedy);
}

async function checkChecksums(inspector: BucketInspector, key: string): Promise<Finding> {
  const check = "checksums";
  try {
    const state = await inspector.checksums(key);
    if (state === "checked") return ok(check, "x-amz-checksum-sha256 is checked");
    return ok(check, "x-amz-checksum-sha256 is ignored; the signed digest is what counts");
  } catch (error) {
    return unknown(check, error);
  }
}

/** The store is there, but this key may not. */
function isDenial(error: unknown): boolean {
  return error instanceof StoreError && error.code === "denied";
}

async function errorOf(attempt: () => Promise<void>): Promise<unknown> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    return error ?? new Error("unknown");
  }
}
