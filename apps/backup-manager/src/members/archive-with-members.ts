import type { Head } from "@backuppc-archive-s3/backup-catalog";
import { ManagerError } from "../manager-error.ts";
import type { Output } from "../output.ts";
import type { Wanted } from "../script/choose-archive.ts";
import { findArchive } from "../script/find-archive.ts";
import type { Site } from "../site.ts";
import { printable } from "../text/printable.ts";

/**
 * The archive whose members are asked for: chosen as `script` does.
 *
 * @throws {ManagerError} code `no-such-host`, `no-such-archive` or `unverified`
 */
export async function archiveWithMembers(
  wanted: Wanted,
  site: Site,
  output: Output,
): Promise<Head> {
  const archives = await site.catalog.list({ host: wanted.host });
  const { head, archive } = await findArchive(archives, wanted, site, output);
  if (head !== undefined) return head;
  throw new ManagerError(
    "no-such-archive",
    `${printable(wanted.host)} ${archive.id.number} is a legacy archive, which has no member index`,
    "Write a restore script, and run it with --list.",
  );
}
