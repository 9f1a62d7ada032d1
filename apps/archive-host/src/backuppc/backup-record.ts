import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "@backuppc-archive-s3/process";
import type { ArchiveRequest } from "../arguments.ts";
import { type BackupRecord, parseBackups } from "./parse-backups.ts";
import { readTopDirectory } from "./top-directory.ts";

/** BackupPC's record of a backup, or why it is not known, to stand in brackets. */
export type FoundRecord = { readonly record: BackupRecord } | { readonly why: string };

/**
 * The record of one backup from `$TopDir/pc/HOST/backups`. Where it cannot be read, the tar can't be held against it:
 * say so.
 */
export async function readBackupRecord(
  { host, number, tarCreatePath }: Pick<ArchiveRequest, "host" | "number" | "tarCreatePath">,
  signal: AbortSignal,
): Promise<FoundRecord> {
  if (host.includes("/")) return { why: "the host's name is a path" };
  const top = await readTopDirectory(tarCreatePath, signal);
  if ("why" in top) return top;
  const file = join(top.folder, "pc", host, "backups");
  try {
    const record = parseBackups(await readFile(file, "utf8"), number);
    return record === undefined ? { why: `${file} has none of this number` } : { record };
  } catch (error) {
    return { why: messageOf(error) };
  }
}
