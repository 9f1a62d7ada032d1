import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BackupPcDetails } from "./backuppc-details.ts";

/** BackupPC's own record of a backup. */
export interface BackupRecord {
  readonly number: number;
  /** `full`, `incr`, `partial` or `active`. */
  readonly type: string;
  /** All but folders. */
  readonly files: number;
  /** Bytes of the files. */
  readonly size: number;
}

/** A host's backups, oldest first; none if it has never been backed up. */
export async function readBackups(
  { topFolder }: BackupPcDetails,
  host: string,
): Promise<BackupRecord[]> {
  const text = await readFile(join(topFolder, "pc", host, "backups"), "utf8").catch(() => "");
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [number, type = "", , , files, size] = line.split("\t");
    return { number: Number(number), type, files: Number(files), size: Number(size) };
  });
}
