import type { Head } from "../archive.ts";
import { invalidArchive } from "../catalog-error.ts";
import { archiveFolder } from "../keys.ts";
import { totalsOf } from "../manifest/totals-of.ts";
import { holdOfRun } from "../protocol.ts";
import { sha256Of } from "../read/read-object.ts";
import type { Commit } from "./archive-writer.ts";

/** The head of what is committed: facts as given, counts and digests as they are, the hold from the start. */
export function headOf(
  { head: facts, manifest, sums, memberDigests }: Omit<Commit, "sign">,
  manifestBytes: Uint8Array,
): Head {
  if (archiveFolder(manifest) !== archiveFolder(facts))
    throw invalidArchive("two attempts in one commit");
  return {
    ...facts,
    status: facts.sourceErrors === 0 ? "complete" : "partial",
    ...totalsOf(manifest, (what) => invalidArchive(`the manifest ${what}`)),
    digests: {
      manifest: sha256Of(manifestBytes),
      sums: sha256Of(sums),
      members: memberDigests,
    },
    holdUntil: holdOfRun(new Date(facts.started)).toISOString(),
  };
}
