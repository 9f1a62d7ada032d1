import type { ArchiveStatus, ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import type { RestoreInput } from "@backuppc-archive-s3/restore-script";
import type { ScriptInvocation } from "../command-line/invocation.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { localTime } from "../text/local-time.ts";
import { printable } from "../text/printable.ts";
import { probeUrl } from "./probe-url.ts";
import { signArchive } from "./sign-archive.ts";

/** Signs the archive's URLs, tries one of them, and tells what the user should know of the script. */
export async function prepareScript(
  archive: ArchiveSummary,
  { expire, probe }: Pick<ScriptInvocation, "expire" | "probe">,
  site: Site,
  output: Output,
): Promise<RestoreInput> {
  const warning = WARNINGS[archive.status];
  if (warning !== undefined) output.note(`${titleOf(archive)} ${warning}`);
  const signed = await signArchive(archive, expire, site);
  const [first] = signed.chunks;
  if (probe && first !== undefined) await probeUrl(first.url);
  noteExpiry(signed, output);
  return signed;
}

/** `gandalf 123 of 2026-11-22 04:15 CET` */
export function titleOf({ id, started, finished }: ArchiveSummary): string {
  return `${printable(id.host)} ${id.number} of ${localTime(finished ?? started)}`;
}

const WARNINGS: Readonly<Partial<Record<ArchiveStatus, string>>> = {
  partial: "is partial: BackupPC could not read all of that backup when it was archived",
  unfinalized: "is unfinalized: it was not proved to be whole",
};

/** A minute less is nobody's loss; it is told when it is more. */
function noteExpiry({ expires, asked, created }: RestoreInput, output: Output): void {
  if (asked === undefined || asked.getTime() - expires.getTime() < 60_000) return;
  const [got, wanted] = [expires, asked].map((time) =>
    Math.floor((time.getTime() - created.getTime()) / 1000),
  );
  output.note(
    `the URLs work until ${localTime(expires)}, ${got} seconds and not ${wanted}: signatures end after 7 days at most, and with the credentials`,
  );
}
