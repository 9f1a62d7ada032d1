import type { ArchiveStatus } from "@backuppc-archive-s3/backup-catalog";
import type { RestoreInput } from "@backuppc-archive-s3/restore-script";
import type { ScriptInvocation } from "./command.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { localTime } from "../text/local-time.ts";
import { printable } from "../text/printable.ts";
import { type Candidate, reasonAgainst } from "./candidate.ts";
import { probeUrl } from "./probe-url.ts";
import { signArchive } from "./sign-archive.ts";
import { firstUrlOf } from "./first-url.ts";

/** Signs the archive's URLs, tests one of them, and reports what the user should know about the script. */
export async function prepareScript(
  candidate: Candidate,
  { expire, probe, members }: Pick<ScriptInvocation, "expire" | "probe" | "members">,
  site: Site,
  output: Output,
): Promise<RestoreInput> {
  const { archive, trust } = candidate;
  const warning = WARNINGS[archive.status];
  if (warning !== undefined) output.note(`${titleOf(candidate)} ${warning}`);
  if (trust.state === "unverified")
    output.note(`${titleOf(candidate)} is NOT VERIFIED: ${reasonAgainst(candidate)}`);
  const signed = await signArchive(candidate, expire, site, members);
  const first = firstUrlOf(signed);
  if (probe && first !== undefined) await probeUrl(first, { requester: site.requester });
  noteExpiry(signed, output);
  return signed;
}

/** `gandalf 123 of 2026-11-22 04:15 CET` */
export function titleOf({ archive: { id }, time }: Candidate): string {
  return `${printable(id.host)} ${id.number} of ${localTime(new Date(time))}`;
}

const WARNINGS: Readonly<Partial<Record<ArchiveStatus, string>>> = {
  partial: "is partial: BackupPC could not read all of that backup when it was archived",
  incomplete: "is incomplete: nothing proves that all of it was stored",
};

/** Reported if it is more than a minute, which is nobody's loss. */
function noteExpiry({ expires, asked, created }: RestoreInput, output: Output): void {
  if (asked === undefined || asked.getTime() - expires.getTime() < 60_000) return;
  const [got, wanted] = [expires, asked].map((time) =>
    Math.floor((time.getTime() - created.getTime()) / 1000),
  );
  output.note(
    `the URLs work until ${localTime(expires)}, ${got} seconds and not ${wanted}: signatures expire after 7 days at most, and with the credentials`,
  );
}
