import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

/** BackupPC's own record of a backup. */
export interface BackupRecord {
  /** `full`, `incr`, `partial` or `active`. */
  readonly type: string;
  readonly started: Date;
  /** All that are no folders. Sockets count here, but are never in a tar. */
  readonly files: number;
  /** Bytes of all its files; the tar adds headers. */
  readonly size: number;
}

const CONFIGURATION = "/etc/backuppc/config.pl";
const TOP_DIRECTORY = /^\s*\$Conf\{TopDir\}\s*=\s*'([^']+)'/m;

const recordSchema = z
  .tuple(
    [
      z.coerce.number().int(),
      z.string(),
      z.coerce.number().int(),
      z.string(),
      z.coerce.number().int(),
      z.coerce.number(),
    ],
    z.string(),
  )
  .transform(([number, type, start, , files, size]) => ({
    number,
    record: { type, started: new Date(start * 1000), files, size },
  }));

/**
 * The record of one backup from `$TopDir/pc/HOST/backups`; undefined where it
 * cannot be read: a tar can't be held against it then.
 */
export async function readBackupRecord(
  host: string,
  number: number,
  configurationFile: string = CONFIGURATION,
): Promise<BackupRecord | undefined> {
  const configuration = await readIfPossible(configurationFile);
  const topDirectory = TOP_DIRECTORY.exec(configuration)?.[1];
  if (topDirectory === undefined || host.includes("/")) return undefined;
  const backups = await readIfPossible(join(topDirectory, "pc", host, "backups"));
  return backups
    .split("\n")
    .map((line) => recordSchema.safeParse(line.split("\t")))
    .find((parsed) => parsed.data?.number === number)?.data?.record;
}

async function readIfPossible(file: string): Promise<string> {
  return await readFile(file, "utf8").catch(() => "");
}
