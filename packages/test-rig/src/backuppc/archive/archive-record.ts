import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ensureAsUser } from "../as-user.ts";
import type { BackupPcDetails } from "../backuppc-details.ts";
import type { ArchiveResult } from "./archive-options.ts";

/** BackupPC's record of an archive that has ended. */
export interface ArchiveRecord {
  readonly number: number;
  readonly result: ArchiveResult["result"];
  readonly message: string;
}

/** The last archive that the archive host has ended; undefined if there was none. */
export async function lastArchiveRecord(
  details: BackupPcDetails,
): Promise<ArchiveRecord | undefined> {
  const file = join(archiveFolder(details), "archives");
  const text = await readFile(file, "utf8").catch(() => "");
  // A message that held a line break goes on in lines that are no records.
  const last = [...text.matchAll(record)].at(-1);
  if (last === undefined) return undefined;
  const [, number, result, message = ""] = last;
  return { number: Number(number), result: result === "ok" ? "ok" : "failed", message };
}

/** The log of an archive that has ended: before, BackupPC keeps it in memory. */
export async function readArchiveLog(
  details: BackupPcDetails,
  { number }: ArchiveRecord,
): Promise<string> {
  const name = `ArchiveLOG.${number}`;
  const names = await readdir(archiveFolder(details));
  const file = join(archiveFolder(details), names.includes(`${name}.z`) ? `${name}.z` : name);
  return await ensureAsUser(details, `${details.programFolder}/BackupPC_zcat`, [file]);
}

/** Where BackupPC keeps requests, records and logs of the archive host. */
export function archiveFolder({ topFolder, archiveHost }: BackupPcDetails): string {
  return join(topFolder, "pc", archiveHost);
}

/** Number, start, end, result, message. */
const record = /^(\d+)\t\d+\t\d+\t(ok|failed)\t([^\n]*)$/gm;
