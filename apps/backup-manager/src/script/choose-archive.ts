import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { ManagerError, noSuchArchive, noSuchAttempt, noSuchHost } from "../manager-error.ts";
import { printable } from "../text/printable.ts";

/** Which archive a restore script is asked for. */
export interface Wanted {
  readonly host: string;
  readonly number: number | undefined;
  /** This very attempt, whatever its status. */
  readonly attempt: string | undefined;
  /** Archives without a marker will do, if they have a manifest. */
  readonly unfinalized: boolean;
}

/**
 * The newest archive that will do, by time and never by number. A number given,
 * its complete archive; its newest partial one if there is none.
 *
 * @param archives all of the host's
 * @param site the store's name for people
 * @throws {ManagerError} code `no-such-host` or `no-such-archive`
 */
export function chooseArchive(
  archives: readonly ArchiveSummary[],
  { host, number, attempt, unfinalized }: Wanted,
  site: string,
): ArchiveSummary {
  if (archives.length === 0) throw noSuchHost(host, site);
  const numbered = archives.filter(({ id }) => number === undefined || id.number === number);
  if (numbered.length === 0) throw noSuchArchive(host, number);
  if (attempt !== undefined && number !== undefined)
    return attemptOf(numbered, { host, number, attempt });
  const complete = newest(numbered, ({ status }) => status === "complete");
  const partial = newest(numbered, ({ status }) => status === "partial");
  const finalized = number === undefined ? complete : (complete ?? partial);
  const chosen = unfinalized ? newest(numbered, hasKnownChunks) : finalized;
  if (chosen !== undefined) return chosen;
  throw noneFinalized({ host, number, unfinalized }, partial);
}

function attemptOf(
  archives: readonly ArchiveSummary[],
  { host, number, attempt }: { host: string; number: number; attempt: string },
): ArchiveSummary {
  const found = archives.find(({ id }) => id.attempt === attempt);
  if (found === undefined) throw noSuchAttempt(host, number, attempt);
  if (hasKnownChunks(found)) return found;
  const hint = "Without one the order of the chunks isn't known; archive the backup again.";
  throw new ManagerError("no-such-archive", `attempt ${attempt} has no manifest`, hint);
}

/** The predecessor wrote no manifest: its keys tell the chunks, finished or not. */
function hasKnownChunks({ hasManifest, chunks = 0 }: ArchiveSummary): boolean {
  return hasManifest || chunks > 0;
}

function newest(
  archives: readonly ArchiveSummary[],
  willDo: (archive: ArchiveSummary) => boolean,
): ArchiveSummary | undefined {
  return archives.filter(willDo).toSorted((a, b) => time(b) - time(a))[0];
}

function time({ finished, started }: ArchiveSummary): number {
  return (finished ?? started).getTime();
}

function noneFinalized(
  { host, number, unfinalized }: Omit<Wanted, "attempt">,
  partial: ArchiveSummary | undefined,
): ManagerError {
  const of = printable(host) + (number === undefined ? "" : ` with number ${number}`);
  if (unfinalized) {
    const message = `No backups found of ${of} that have a manifest`;
    const hint = "Without one the order of the chunks isn't known; archive the backup again.";
    return new ManagerError("no-such-archive", message, hint);
  }
  const message = `No finalized backups found of ${of}`;
  const hint =
    partial === undefined
      ? "--unfinalized considers archives that were not finished."
      : `--backup-number ${partial.id.number} takes the partial one, whose source had errors.`;
  return new ManagerError("no-such-archive", message, hint);
}
