import { rm } from "node:fs/promises";
import { FORMAT, type Marker, type Started } from "@backuppc-archive-s3/backup-catalog";
import type { ArchiveParts } from "./archive-parts.ts";
import type { ArchiveRequest } from "./arguments.ts";
import { checkCompleteness } from "./backuppc/completeness.ts";
import { startTarCreate, type TarSummary } from "./backuppc/tar-create.ts";
import { commitArchive } from "./commit-archive.ts";
import { type Attempt, beginAttempt, openAttempt } from "./journal/open-attempt.ts";
import { lockFile } from "./lock/lock-file.ts";
import { archiveStream, type StoredStream } from "./pipeline/archive-stream.ts";
import { JournalMismatch } from "./pipeline/check-stored.ts";
import { TarMembers } from "./tar/tar-members.ts";
import { tidyUp } from "./tidy-up.ts";
import { emptySpool, type WorkingFiles, workingFiles } from "./working-files.ts";

/** A finished archive. */
export interface Archived {
  readonly marker: Marker;
  /** What may be missing from it, one line. */
  readonly warning: string | undefined;
}

/**
 * Takes one backup of one host off-site, or goes on where an earlier run was
 * stopped. The marker is written last, and only if every chunk was stored, the
 * tar was whole and BackupPC_tarCreate ended well.
 */
export async function archiveBackup(
  request: ArchiveRequest,
  parts: ArchiveParts,
  signal: AbortSignal,
): Promise<Archived> {
  const files = await workingFiles(request);
  const lock = await lockFile(files.lock);
  try {
    const attempt = await openAttempt(files.journal, parts.settings, parts.say);
    return await archiveAttempt(request, parts, files, attempt, signal);
  } catch (error) {
    if (!(error instanceof JournalMismatch)) throw error;
    parts.say(`a new attempt: ${error.message}`);
    const attempt = await beginAttempt(files.journal, parts.settings);
    return await archiveAttempt(request, parts, files, attempt, signal);
  } finally {
    await tidyUp(parts.say, () => lock.release());
  }
}

async function archiveAttempt(
  request: ArchiveRequest,
  parts: ArchiveParts,
  { spool }: WorkingFiles,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<Archived> {
  const { settings, catalog, say } = parts;
  const { host, number, bucket, tool } = settings;
  const { journal, started, stored } = attempt;
  const resumed = stored.size === 0 ? "" : `, ${stored.size} chunks are stored already`;
  say(`archiving ${host} ${number}, attempt ${attempt.id}, to ${bucket}${resumed}`);
  const id = { host, number, attempt: attempt.id };
  const stopStatus = parts.startStatus(id, started);
  try {
    await emptySpool(spool);
    const announced: Started = { ...id, format: FORMAT, started: started.toISOString(), tool };
    if (stored.size === 0) await catalog.begin(announced, { signal });
    else await catalog.resume(announced, { signal });
    const { stream, summary, warning } = await storeBackup(request, parts, attempt, spool, signal);
    const marker = await commitArchive(parts, { id, started }, stream, summary, signal);
    await tidyUp(say, () => journal.done());
    return { marker, warning };
  } finally {
    const removeSpool = (): Promise<void> => rm(spool, { recursive: true, force: true });
    await tidyUp(say, stopStatus, () => journal.close(), removeSpool);
  }
}

interface StoredBackup {
  readonly stream: StoredStream;
  readonly summary: TarSummary;
  readonly warning: string | undefined;
}

async function storeBackup(
  request: ArchiveRequest,
  { settings, catalog, record, stages, onLine }: ArchiveParts,
  { id: attempt, journal, stored }: Attempt,
  spool: string,
  signal: AbortSignal,
): Promise<StoredBackup> {
  const { tarCreatePath: path, host, number, share } = request;
  const controller = abortedWith(signal);
  const tarCreate = await startTarCreate({
    path,
    host,
    number,
    share,
    folder: spool,
    onLine,
    signal: controller.signal,
  });
  const suffix = `${settings.compression.suffix}${settings.encryption === null ? "" : ".gpg"}`;
  const id = { host, number, attempt };
  const chunkKey = (index: number): string => catalog.chunkKey(id, index, suffix);
  const members = new TarMembers();
  const tar = members.watch(tarCreate.tar);
  const stream = await archiveStream(
    tar,
    { ...stages, journal, stored, spool, chunkKey },
    controller,
  );
  const summary = await tarCreate.finished();
  const warning = checkCompleteness(members.count(), share === "*" ? record : undefined);
  return { stream, summary, warning };
}

/** A controller of one's own that the signal aborts too. */
function abortedWith(signal: AbortSignal): AbortController {
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  return controller;
}
