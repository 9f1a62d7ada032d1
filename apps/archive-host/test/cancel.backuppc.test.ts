// How long archive-host lives on when BackupPC's daemon cancels, runs out of time or is stopped.
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createS3, withPrefix, withRetry } from "@backuppc-archive-s3/s3-transport";
import {
  type ArchiveResult,
  bucketLocation,
  createBucket,
  driveBackupPc,
  isAlive,
  startBackupPc,
} from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";

const rgw = inject("store");
const details = inject("backuppc");
const backuppc = driveBackupPc(details);
const BUNDLE = fileURLToPath(new URL("../dist", import.meta.url));

let folder: string;
let program: string;
let work: string;
let prefix: string;
beforeAll(async () => {
  folder = await mkdtemp(join(details.rigFolder, "cancel-"));
  await chmod(folder, 0o755);
  program = join(folder, "archive-host.mjs");
  await cp(BUNDLE, folder, { recursive: true });
  work = join(folder, "work");
  await mkdir(work);
  await chown(work, details.uid, details.gid);
  await createBucket(rgw, basename(folder).toLowerCase());
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

let tests = 0;
beforeEach(async () => {
  tests += 1;
  prefix = `test-${tests}/`;
  const { region, endpoint, accessKeyId, secretAccessKey } = rgw;
  const values = {
    bucket: basename(folder).toLowerCase(),
    prefix,
    region,
    endpoint,
    provider: "ceph",
    accessKeyId,
    secretAccessKey,
    passphrase: "correct horse",
    chunkSize: "1MiB",
    // So slow that it is still at it when it is cancelled.
    uploadLimit: "50kB/s",
  };
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  const file = join(folder, "config.toml");
  await writeFile(file, lines.join(""), { mode: 0o640 });
  await chown(file, 0, details.gid);
});

function command(setsid: boolean): string {
  const env = `/usr/bin/env BACKUPPC_ARCHIVE_S3_CONFIG=${join(folder, "config.toml")}`;
  return `${setsid ? "/usr/bin/setsid " : ""}${env} ${program}`;
}

/** The processes whose command names our working directory, or that are started by one of those. */
async function ours(): Promise<number[]> {
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 0);
  const seen = await Promise.all(
    pids.map(async (pid) => {
      const text = async (name: string): Promise<string> =>
        await readFile(`/proc/${pid}/${name}`, "latin1").catch(() => "");
      const [words, stat] = await Promise.all([text("cmdline"), text("stat")]);
      const parent = Number(/^.*\) \S (\d+)/.exec(stat)?.[1]);
      return { pid, parent, program: words.split("\0")[1] === program };
    }),
  );
  const programs = seen.filter((each) => each.program).map(({ pid }) => pid);
  const children = seen.filter(({ parent }) => programs.includes(parent)).map(({ pid }) => pid);
  return [...programs, ...children];
}

/** Waits until archive-host is at work: it has started another program. */
async function untilItRuns(): Promise<readonly number[]> {
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(20)) {
    const pids = await ours();
    if (pids.length >= 2) return pids;
  }
  throw new Error("archive-host does not run.");
}

async function untilGone(pids: readonly number[]): Promise<void> {
  for (const pid of pids) while (isAlive(pid)) await sleep(10);
}

interface Stopped {
  /** From the cancel to the end of the last of our processes. */
  readonly seconds: number;
  readonly archived: ArchiveResult;
}

async function cancelWhileItRuns(setsid: boolean): Promise<Stopped> {
  const cancelling = new AbortController();
  const archiving = backuppc.archive({
    hosts: ["gandalf"],
    command: command(setsid),
    destination: work,
    signal: cancelling.signal,
  });
  const pids = await untilItRuns();
  await sleep(1000);
  const begin = performance.now();
  cancelling.abort();
  await untilGone(pids);
  const seconds = (performance.now() - begin) / 1000;
  return { seconds, archived: await archiving };
}

async function expectNothingLeft(): Promise<void> {
  expect(await ours()).toEqual([]);
  const names = await readdir(work, { recursive: true });
  expect(names.filter((name) => /pipe|status/.test(name))).toEqual([]);
  const store = withRetry(createS3(bucketLocation(rgw, basename(folder).toLowerCase())).store);
  const listed = await openCatalog(withPrefix(store, prefix)).list();
  // None on a busy machine: it had not begun.
  expect(listed.filter(({ status }) => status !== "incomplete")).toEqual([]);
}

function tell(what: string, seconds: number): void {
  process.stderr.write(`${what}: gone after ${seconds.toFixed(2)} s\n`);
}

/** Seconds, by far more than it takes on a busy machine, and by far less than all of the upload. */
const SOON = 60;

// Without setsid BackupPC signals nobody, waits a second, and only then closes the pipe.
describe.each([
  ["with setsid", true],
  ["without setsid", false],
])("Started %s", (how, setsid) => {
  test("archive-host is gone soon after BackupPC's cancel, and leaves nothing", async () => {
    const { seconds, archived } = await cancelWhileItRuns(setsid);
    tell(`cancel ${how}`, seconds);
    expect(archived.result).toBe("failed");
    expect(seconds).toBeLessThan(SOON);
    await expectNothingLeft();
  });

  test("archive-host is gone soon after ClientTimeout", async () => {
    const begin = performance.now();
    const archiving = backuppc.archive({
      hosts: ["gandalf"],
      command: command(setsid),
      destination: work,
      clientTimeout: 5,
    });
    // On a busy machine it is gone before it has started another program.
    await untilGone(await Promise.race([untilItRuns(), archiving.then(() => [])]));
    tell(
      `ClientTimeout 5 ${how}, with the start of the request`,
      (performance.now() - begin) / 1000,
    );
    const archived = await archiving;
    expect(archived.result).toBe("failed");
    expect(archived.seconds).toBeLessThan(SOON);
    await expectNothingLeft();
  });

  test("archive-host is gone soon after BackupPC's daemon is stopped", async () => {
    const archiving = backuppc
      .archive({ hosts: ["gandalf"], command: command(setsid), destination: work, patience: 8 })
      .then(
        ({ result }) => result,
        ({ code }) => code,
      );
    const pids = await untilItRuns();
    await sleep(1000);
    const begin = performance.now();
    const daemon = Number(await readFile("/run/backuppc/BackupPC.pid", "utf8"));
    process.kill(daemon, "SIGTERM");
    await untilGone(pids);
    const seconds = (performance.now() - begin) / 1000;
    tell(`daemon TERM ${how}`, seconds);
    await untilGone([daemon]);
    const started = await startBackupPc();
    expect(await archiving).not.toBe("ok");
    await started.stop();
    expect(seconds).toBeLessThan(SOON);
    await expectNothingLeft();
  });
});
