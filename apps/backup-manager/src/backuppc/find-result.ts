import { access, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TakenRequest } from "./request-backup.ts";

/** What BackupPC says of an archive that has ended. */
export interface ArchiveResult {
  readonly isWell: boolean;
  /** BackupPC's last error. */
  readonly message: string;
}

/**
 * What became of a request: BackupPC calls its file `ArchiveInfo.N` when it has ended, and then writes record N.
 *
 * @param folder BackupPC's of the archive host
 * @returns undefined while it has not ended
 */
export async function findResult(
  folder: string,
  { file, id }: TakenRequest,
): Promise<ArchiveResult | undefined> {
  if (await isThere(join(folder, file))) return undefined;
  const number = await numberOf(folder, id);
  if (number === undefined) return undefined;
  const records = await readFile(join(folder, "archives"), "utf8").catch(() => "");
  const line = records.split("\n").findLast((record) => record.startsWith(`${number}\t`));
  const [, , , result, message = ""] = line?.split("\t") ?? [];
  return result === undefined ? undefined : { isWell: result === "ok", message };
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

/** Newest first: it is almost always the first one. */
async function numberOf(folder: string, id: string): Promise<number | undefined> {
  const numbers = (await readdir(folder))
    .flatMap((name) => /^ArchiveInfo\.(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => b - a);
  for (const number of numbers) {
    const text = await readFile(join(folder, `ArchiveInfo.${number}`), "utf8").catch(() => "");
    if (text.includes(id)) return number;
  }
  return undefined;
}
