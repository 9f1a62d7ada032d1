import { readFile } from "node:fs/promises";
import { join } from "node:path";
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
  const file = join(details.topFolder, "pc", details.archiveHost, "archives");
  const text = await readFile(file, "utf8").catch(() => "");
  // A message that held a line break goes on in lines that are no records.
  const last = [...text.matchAll(record)].at(-1);
  if (last === undefined) return undefined;
  const [, number, result, message = ""] = last;
  return { number: Number(number), result: result === "ok" ? "ok" : "failed", message };
}

/** Number, start, end, result, message. */
const record = /^(\d+)\t\d+\t\d+\t(ok|failed)\t([^\n]*)$/gm;
