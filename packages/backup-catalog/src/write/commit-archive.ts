import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { Head } from "../archive.ts";
import { CatalogError, invalidArchive } from "../catalog-error.ts";
import * as keys from "../keys.ts";
import { encodeManifest } from "../manifest/encode-manifest.ts";
import { LONGEST_RUN_MS, MARKER_WITHIN_MS } from "../protocol.ts";
import { LIMITS } from "../read/limits.ts";
import { headSchema } from "../schemas.ts";
import type { Commit } from "./archive-writer.ts";
import type { AttemptPuts } from "./attempt-puts.ts";
import { encodeRecord } from "./encode-record.ts";
import { headOf } from "./head-of.ts";

/** Stores manifest, sums, head and marker, in this order; `signed` makes the marker of the head's bytes. */
export async function commitArchive(
  store: ObjectStore,
  puts: AttemptPuts,
  commit: Commit,
  signed: (head: Uint8Array) => Promise<Uint8Array>,
  options: CallOptions = {},
): Promise<Head> {
  const manifest = encodeManifest(commit.manifest);
  const head = headOf(commit, manifest);
  const bytes = encodeRecord("archive.json", headSchema, head);
  refuseLonger("archive.json", bytes, LIMITS.head);
  refuseLonger("SHA256SUMS", commit.sums, LIMITS.sums);
  refuseUnput(puts, head);
  const json = { ...options, contentType: "application/json" };
  await puts.putOnce(head, keys.manifestKey(head), manifest, json);
  await puts.putOnce(head, keys.sumsKey(head, head.encryption !== null), commit.sums, options);
  const signature = await signed(bytes);
  await commit.beforeHead?.();
  refuseLate(store, new Date(head.started).getTime() + LONGEST_RUN_MS);
  await puts.putOnce(head, keys.headKey(head), bytes, json);
  const headStored = store.now()?.getTime() ?? 0;
  await commit.onHeadStored?.(head);
  // For whoever slept until now: the records, or chunks, may have been deleted as those of a run that broke off.
  refuseLate(store, headStored + MARKER_WITHIN_MS);
  await puts.putOnce(head, keys.markerKey(head, head), signature, options);
  return head;
}

/** Readers refuse what is longer. */
function refuseLonger(name: string, { length }: Uint8Array, limit: number): void {
  if (length <= limit) return;
  throw new CatalogError(
    "too-large",
    `${name} would have ${length} bytes, more than can be read back.`,
  );
}

/** An archive without its data key is no backup, and one without its members has no single files. */
function refuseUnput(puts: AttemptPuts, head: Head): void {
  if (
    head.encryption?.passphrase === true &&
    puts.sent(head, keys.dataKeyKey(head, 1)) === undefined
  )
    throw invalidArchive("the data key was not put");
  for (const [index, sha256] of head.digests.members.entries()) {
    const key = keys.membersKey(head, index + 1, head.encryption !== null);
    if (puts.sent(head, key) !== sha256) throw invalidArchive(`${key} was not put`);
  }
}

function refuseLate(store: ObjectStore, latest: number): void {
  const now = store.now();
  if (now === undefined || now.getTime() <= latest) return;
  throw new CatalogError(
    "too-late",
    `The run was to end by ${new Date(latest).toISOString()}: chunks that it reused may be gone.`,
  );
}
