import { access, chown, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { RigError } from "../../rig-error.ts";
import { asUser, ensureAsUser } from "../as-user.ts";
import type { BackupPcDetails } from "../backuppc-details.ts";
import { writeConfiguration } from "../set-up/configure-backuppc.ts";
import { withLock } from "../with-lock.ts";
import { archiveConfiguration } from "./archive-configuration.ts";
import type { ArchiveOptions, ArchiveResult } from "./archive-options.ts";
import { lastArchiveRecord, type ArchiveRecord } from "./archive-record.ts";
import { requestArchive } from "./request-archive.ts";

/** How long a request waits for the end of the one before, which BackupPC reports a little early. */
const patienceForPredecessor = 60_000;

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
    await prepare(details, options);
    const before = (await lastArchiveRecord(details))?.number ?? -1;
    await start(details, options);
    const started = Date.now();
    const cancelling = cancelOnAbort(details, options.signal);
    const record = await nextRecord(details, before, options.patience ?? 600);
    const seconds = (Date.now() - started) / 1_000;
    await cancelling.stop();
    const { result, message } = record;
    return { result, message, log: await readLog(details, record), seconds };
  });
}

async function prepare(details: BackupPcDetails, options: ArchiveOptions): Promise<void> {
  const folder = hostFolder(details);
  await mkdir(folder, { recursive: true, mode: 0o750 });
  await chown(folder, details.uid, details.gid);
  const configuration = archiveConfiguration(details, options);
  await writeConfiguration(details, `${details.archiveHost}.pl`, configuration);
}

async function start(details: BackupPcDetails, options: ArchiveOptions): Promise<void> {
  const deadline = Date.now() + patienceForPredecessor;
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
  const folder = hostFolder(details);
  const requests = (await readdir(folder)).filter((name) => name.startsWith("archiveReq."));
  await Promise.all(requests.map(async (name) => await rm(join(folder, name), { force: true })));
}

interface Cancelling {
  stop(): Promise<void>;
}

function cancelOnAbort(details: BackupPcDetails, signal: AbortSignal | undefined): Cancelling {
  let cancelled: Promise<unknown> = Promise.resolve();
  const cancel = (): void => {
    const words = ["stop", details.archiveHost, details.user, "0"];
    cancelled = asUser(details, `${details.programFolder}/BackupPC_serverMesg`, words);
  };
  if (signal?.aborted === true) cancel();
  signal?.addEventListener("abort", cancel, { once: true });
  return {
    async stop() {
      signal?.removeEventListener("abort", cancel);
      await cancelled;
    },
  };
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

async function readLog(details: BackupPcDetails, { number }: ArchiveRecord): Promise<string> {
  const plain = join(hostFolder(details), `ArchiveLOG.${number}`);
  const compressed = await access(`${plain}.z`).then(
    () => true,
    () => false,
  );
  const file = compressed ? `${plain}.z` : plain;
  return await ensureAsUser(details, `${details.programFolder}/BackupPC_zcat`, [file]);
}

function hostFolder({ topFolder, archiveHost }: BackupPcDetails): string {
  return join(topFolder, "pc", archiveHost);
}
