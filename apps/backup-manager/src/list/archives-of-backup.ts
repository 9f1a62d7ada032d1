import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { noSuchArchive, noSuchAttempt, noSuchHost } from "../manager-error.ts";
import type { Site } from "../site.ts";
import { timeOf } from "./archives-of-hosts.ts";

/** A host's backup, or one attempt to take it off-site. */
interface Backup {
  readonly host: string;
  readonly number: number;
  readonly attempt: string | undefined;
}

/** All archives of that backup, oldest first; at least one. @throws {ManagerError} if there is none */
export async function archivesOfBackup(
  { host, number, attempt }: Backup,
  { catalog, name }: Site,
): Promise<ArchiveSummary[]> {
  const archives = await catalog.list({ host, steady: true });
  if (archives.length === 0) throw noSuchHost(host, name);
  const numbered = archives.filter(({ id }) => id.number === number);
  if (numbered.length === 0) throw noSuchArchive(host, number);
  const found = numbered.filter(({ id }) => attempt === undefined || id.attempt === attempt);
  if (found.length === 0 && attempt !== undefined) throw noSuchAttempt(host, number, attempt);
  return found.toSorted((a, b) => timeOf(a) - timeOf(b));
}
