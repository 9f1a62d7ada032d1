// Seven nights of a host in the real BackupPC, on Ceph RGW: each archive is restored by its script when all others are gone.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFile, chmod, cp, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bytesBody, createS3, withRetry } from "@backuppc-archive-s3/s3-transport";
import {
  bucketLocation,
  createBucket,
  driveBackupPc,
  listTree,
} from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type RealSite, realSite } from "./real-site.ts";

const NIGHTS = 7;
const HOST = "witte";
const run = promisify(execFile);
const rgw = inject("store");
const details = inject("backuppc");
const backuppc = driveBackupPc(details);
const MANAGER = fileURLToPath(
  new URL("../../backup-manager/dist/backup-manager.mjs", import.meta.url),
);
const [SHARE = ""] = details.hosts.find(({ name }) => name === HOST)?.shares ?? [];

let site: RealSite;
beforeAll(async () => {
  await resetHost();
  site = await realSite({ chunkSize: "1MiB" });
});
afterAll(async () => {
  await site.remove();
  await resetHost();
});

/** Also what a test run that was killed has left. */
async function resetHost(): Promise<void> {
  const left = (await readdir(SHARE)).filter((name) => /^(?:night|old) \d+$/.test(name));
  for (const name of left) await rm(join(SHARE, name), { recursive: true });
}

interface Night {
  readonly number: number;
  /** What BackupPC itself restores of it. */
  readonly tree: string[];
}

test(`Each of ${NIGHTS} nights is restored after all others were deleted`, async () => {
  const nights: Night[] = [];
  for (let night = 0; night < NIGHTS; night++) nights.push(await liveThrough(night));
  for (const night of nights) expect(await restoredAlone(night)).toEqual(night.tree);
});

/** Changes the host, has BackupPC back it up, and archives that. */
async function liveThrough(night: number): Promise<Night> {
  await changeHost(night);
  // A change in the second of the backup before would not be seen.
  await sleep(1_100);
  const dumped = await backuppc.asUser(join(details.programFolder, "BackupPC_dump"), [
    "-v",
    "-i",
    HOST,
  ]);
  expect(dumped.status).toBe(0);
  const { number } = (await backuppc.backups(HOST)).at(-1) ?? { number: -1 };
  const [program, ...args] = site.command(HOST, String(number));
  const { stdout } = await run(program, args, {
    uid: details.uid,
    gid: details.gid,
    cwd: "/",
    env: { PATH: "/bin:/usr/bin", BACKUPPC_ARCHIVE_S3_CONFIG: site.configuration },
  });
  process.stderr.write(stdout.trimEnd().split("\n").slice(-1).join("") + "\n");
  return { number, tree: await treeOf(number) };
}

/** A file that grows, a new one, one of each night that is renamed, and a folder that goes. */
async function changeHost(night: number): Promise<void> {
  await appendFile(join(SHARE, "text.log"), `night ${night}\n`.repeat(5000));
  const folder = join(SHARE, `night ${night}`);
  await mkdir(folder);
  for (let file = 0; file < 20; file++)
    await writeFile(join(folder, `mail ${file}`), randomBytes(30_000));
  if (night > 0) await rename(join(SHARE, `night ${night - 1}`), join(SHARE, `old ${night - 1}`));
  if (night > 3) await rm(join(SHARE, `old ${night - 3}`), { recursive: true });
}

async function treeOf(number: number): Promise<string[]> {
  const target = join(site.folder, "expected");
  await mkdir(target);
  await backuppc.extractBackup(HOST, number, target);
  const tree = await listTree(join(target, SHARE));
  await rm(target, { recursive: true });
  return tree;
}

/** In a copy of bucket and working directory, deletes all other archives with what only they need, and restores this one. */
async function restoredAlone({ number }: Night): Promise<string[]> {
  const bucket = `${basename(site.folder).toLowerCase()}-${number}`;
  await copyBucket(bucket);
  const state = join(site.folder, `state-${number}`);
  await cp(join(site.folder, "work"), state, { recursive: true });
  await chmod(state, 0o700);
  const config = join(site.folder, `manager-${number}.toml`);
  const { endpoint, region, accessKeyId, secretAccessKey } = rgw;
  const keys = { bucket, endpoint, region, accessKeyId, secretAccessKey };
  const values = { ...keys, passphraseFile: site.passphraseFile, stateDirectory: state };
  const lines = Object.entries({ provider: "ceph", ...values });
  const text = lines.map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`).join("");
  await writeFile(config, text, { mode: 0o600 });
  for (const { number: other } of await backuppc.backups(HOST))
    if (other !== number) await manage(config, "delete", "-H", HOST, "-b", String(other));
  const listed = await manage(config, "list", "--json");
  expect(JSON.parse(listed)).toMatchObject({ archives: [{ host: HOST, number }] });
  const script = join(site.folder, `restore-${number}.sh`);
  await manage(config, "script", "-H", HOST, "--filename", script);
  const target = join(site.folder, `restored-${number}`);
  await run("sh", [script, "--passphrase-file", site.passphraseFile, target]);
  const tree = await listTree(join(target, SHARE));
  await rm(target, { recursive: true });
  return tree;
}

async function copyBucket(bucket: string): Promise<void> {
  await createBucket(rgw, bucket);
  const copy = withRetry(createS3(bucketLocation(rgw, bucket)).store);
  for await (const { key } of site.store.list("")) {
    const pieces = [];
    for await (const piece of await site.store.get(key)) pieces.push(piece);
    await copy.put(key, bytesBody(Buffer.concat(pieces)));
  }
}

/** 10: a number that was archived before this test, or never, has no archive. */
async function manage(config: string, ...args: string[]): Promise<string> {
  const ended = run(process.execPath, [MANAGER, "--config", config, ...args]);
  const { stdout } = await ended.catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === 10) return { stdout: "" };
    throw error;
  });
  return stdout;
}
