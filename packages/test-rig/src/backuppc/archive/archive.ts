import { chown, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { RigError } from "../../rig-error.ts";
import type { BackupPcDetails } from "../backuppc-details.ts";
import { writeConfiguration } from "../set-up/configure-backuppc.ts";
import { withLock } from "../../with-lock.ts";
import { archiveConfiguration } from "./archive-configuration.ts";
import type { ArchiveOptions, ArchiveResult } from "./archive-options.ts";
import {
  archiveFolder,
  lastArchiveRecord,
  readArchiveLog,
  type ArchiveRecord,
} from "./archive-record.ts";
import { cancelOnAbort } from "./cancel-on-abort.ts";
import { requestArchive } from "./request-archive.ts";

/** How long a request waits for the end of the one before, which BackupPC reports a little early. */
const patienceForEarlier = 300_000;

/**
 * Has the daemon archive the last backup of each host, and waits for its
 * result. One request at a time, also of other processes.
 *
 * @throws {RigError} `refused` if BackupPC does not start it, `not-ready` if there is no result in time
 */
export async function archive(
  details: BackupPcDetails,
  options: ArchiveOptions,
): Promise<ArchiveResult> {
  return await withLock(join(details.rigFolder, "archive.lock"), async () => {
    await configureArchive(details, options);
    const before = (await lastArchiveRecord(details))?.number ?? -1;
    await start(details, options);
    const started = Date.now();
    const cancelling = cancelOnAbort(details, options.signal);
    const record = await nextRecord(details, before, options.patience ?? 600);
    const seconds = (Date.now() - started) / 1_000;
    await cancelling.stop();
    const { result, message } = record;
    return { result, message, log: await readArchiveLog(details, record), seconds };
  });
}

/** Configures the archive host for a request. */
export async function configureArchive(
  details: BackupPcDetails,
  options: ArchiveOptions,
): Promise<void> {
  const folder = archiveFolder(details);
  await mkdir(folder, { recursive: true, mode: 0o750 });
  await chown(folder, details.uid, details.gid);
  const configuration = archiveConfiguration(details, options);
  await writeConfiguration(details, `${details.archiveHost}.pl`, configuration);
}

async function start(details: BackupPcDetails, options: ArchiveOptions): Promise<void> {
  const deadline = Date.now() + patienceForEarlier;
  for (;;) {
    const answer = await requestArchive(details, options);
    if (answer.includes("ok: requested archive")) return;
    // A refused request stays behind as a file.
    await removeRequests(details);
    if (!answer.includes("currently running") || Date.now() > deadline) {
      throw new RigError("refused", "BackupPC does not start the archive.", { hint: answer });
    }
    await sleep(200);
  }
}

async function removeRequests(details: BackupPcDetails): Promise<void> {
  const folder = archiveFolder(details);
  const requests = (await readdir(folder)).filter((name) => name.startsWith("archiveReq."));
  await Promise.all(requests.map(async (name) => await rm(join(folder, name), { force: true })));
}

async function nextRecord(
  details: BackupPcDetails,
  before: number,
  patience: number,
): Promise<ArchiveRecord> {
  for (const deadline = Date.now() + patience * 1_000; Date.now() < deadline; await sleep(50)) {
    const record = await lastArchiveRecord(details);
    if (record !== undefined && record.number > before) return record;
  }
  const hint = `Look at ${details.topFolder}/log/LOG.`;
  throw new RigError("not-ready", `The archive has no result after ${patience} s.`, { hint });
}
