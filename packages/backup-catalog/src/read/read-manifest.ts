import { isDeepStrictEqual } from "node:util";
import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { Head, Manifest } from "../archive.ts";
import { manifestKey } from "../keys.ts";
import { totalsOf } from "../manifest/totals-of.ts";
import { manifestSchema } from "../schemas.ts";
import { LIMITS } from "./limits.ts";
import { parseRecord } from "./parse-record.ts";
import { damaged, readDigested } from "./read-object.ts";
import { refuseCrowded } from "./refuse-crowded.ts";

/** Reads the manifest of a head, and refuses one that says something else than the head. */
export async function readManifest(
  store: ObjectStore,
  head: Head,
  options?: CallOptions,
): Promise<Manifest> {
  const key = manifestKey(head);
  const bytes = await readDigested(store, key, head.digests.manifest, LIMITS.manifest, options);
  refuseCrowded(key, bytes, head.chunks);
  const manifest = parseRecord(key, head, bytes, manifestSchema);
  const totals = totalsOf(manifest, (what) => damaged(key, what));
  const { chunks, tarBytes, storedBytes, newChunks, newBytes, keeps } = head;
  const said = { chunks, tarBytes, storedBytes, newChunks, newBytes, keeps: { ...keeps } };
  if (isDeepStrictEqual(totals, said)) return manifest;
  throw damaged(key, "does not agree with archive.json");
}
