// Whether a tar of BackupPC's can be trusted: each damage to a real pool, and
// what archive-host makes of it.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, open, readdir, readFile, rename, rm, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { type ArchiveStatus, openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { type RealSite, realSite } from "./real-site.ts";

const backuppc = inject("backuppc");
const POOL = "/var/lib/backuppc/cpool";
const BACKUP = "/var/lib/backuppc/pc/gandalf/1";
/** BackupPC's record of it, which BackupPC mends in its own way when the backup is gone. */
const RECORD = "/var/lib/backuppc/pc/gandalf/backups";
/** The undamaged backup, while a test has a damaged one in its place. */
const KEPT = "/var/lib/backuppc/kept-gandalf-1";

let site: RealSite;
let poolFile: string;
beforeAll(async () => {
  site = await realSite();
  poolFile = await poolFileOf("/home", "text.log");
  await undoDamage();
});
afterAll(async () => await site.remove());

beforeEach(async () => {
  // Each run begins with nothing stored.
  await run("find", [join(site.folder, "work"), "-mindepth", "1", "-delete"]);
  await rename(BACKUP, KEPT);
  await run("cp", ["--archive", KEPT, BACKUP]);
  await run("cp", ["--archive", poolFile, `${KEPT}.pool-file`]);
  await run("cp", ["--archive", RECORD, `${KEPT}.backups`]);
});
afterEach(async () => await undoDamage());

/** Also what a test run that was killed has left. */
async function undoDamage(): Promise<void> {
  if ((await stat(KEPT).catch(() => undefined)) === undefined) return;
  await rm(BACKUP, { recursive: true, force: true });
  await rename(KEPT, BACKUP);
  await rename(`${KEPT}.pool-file`, poolFile);
  await rename(`${KEPT}.backups`, RECORD);
}

interface Run {
  readonly status: number | string | null | undefined;
  readonly lastLine: string;
  readonly output: string;
}

async function run(
  program: string,
  args: readonly string[],
  options: { readonly uid?: number; readonly gid?: number; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Run> {
  return await new Promise((resolve) => {
    execFile(program, args, { ...options, cwd: "/" }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trimEnd();
      const status = error === null ? 0 : error.code;
      resolve({ status, output, lastLine: output.split("\n").at(-1) ?? "" });
    });
  });
}

async function archive(
  { host = "gandalf", number = "1", share = "*" } = {},
  ids: { readonly uid?: number; readonly gid?: number } = { uid: backuppc.uid, gid: backuppc.gid },
): Promise<Run & { readonly made: ArchiveStatus | undefined }> {
  const [program, ...args] = site.command(host, number, share);
  const env = { PATH: "/bin:/usr/bin", BACKUPPC_ARCHIVE_S3_CONFIG: site.configuration };
  // Of two in the same second, nothing in the store tells which is the later one.
  const before = await statuses();
  const ended = await run(program, args, { ...ids, env });
  const made = [...(await statuses())].find(([attempt]) => !before.has(attempt));
  return { ...ended, made: made?.[1] };
}

/** Of each attempt. */
async function statuses(): Promise<Map<string, ArchiveStatus>> {
  const archives = await openCatalog(site.store).list({ host: "gandalf" });
  return new Map(archives.map(({ id, status }) => [id.attempt, status]));
}

/** Where the pool keeps a file of the host's: by the MD5 of its contents. */
async function poolFileOf(share: string, name: string): Promise<string> {
  const shares = backuppc.hosts.find((host) => host.name === "gandalf")?.shares ?? [];
  const file = join(shares.find((path) => path.endsWith(share)) ?? "", name);
  const md5 = createHash("md5")
    .update(await readFile(file))
    .digest("hex");
  const folders = [0, 2].map((at) => Number.parseInt(md5.slice(at, at + 2), 16) & 0xfe);
  return join(POOL, ...folders.map((part) => part.toString(16).padStart(2, "0")), md5);
}

/** A folder of the backup below its first share that holds files. */
async function someFolder(): Promise<string> {
  const names = await readdir(BACKUP, { recursive: true });
  const found = names
    .filter((name) => name.endsWith("fordinary"))
    .map((name) => join(BACKUP, name));
  return found[0] ?? "";
}

async function attributesOf(directory: string): Promise<string> {
  const name = (await readdir(directory)).find((file) => file.startsWith("attrib_"));
  return join(directory, name ?? "");
}

test("An undamaged backup is complete, and nothing is missing from it", async () => {
  const { status, output, made } = await archive();
  expect(output).not.toContain("warning");
  expect(status).toBe(0);
  expect(made).toBe("complete");
});

describe("A backup of which BackupPC_tarCreate counts errors is partial:", () => {
  test.each<[string, () => Promise<void>]>([
    ["a pool file is missing", async () => await rm(poolFile)],
    ["a pool file can't be read", async () => await chmod(poolFile, 0)],
    ["a pool file is cut", async () => await truncate(poolFile, 1000)],
    ["a pool file is garbage", async () => await overwrite(0, Buffer.alloc(5000, "garbage"))],
    ["one byte of a pool file is another", async () => await overwrite(2000, Buffer.from("x!"))],
  ])("%s", async (_, damage) => {
    await damage();
    const { status, lastLine, made } = await archive();
    expect(lastLine).toMatch(/^archived as partial gandalf 1: .* counted \d+ errors?/);
    expect(status).toBe(3);
    expect(made).toBe("partial");
  });
});

describe("A backup of which BackupPC_tarCreate drops a part without a word fails:", () => {
  test.each<[string, () => Promise<void>]>([
    ["a folder is missing", async () => await rm(await someFolder(), { recursive: true })],
    ["a folder can't be read", async () => await chmod(await someFolder(), 0)],
    [
      "a folder's attributes are missing",
      async () => await rm(await attributesOf(await someFolder())),
    ],
    ["the share's attributes are missing", async () => await rm(await attributesOf(BACKUP))],
    ["the whole backup is missing", async () => await rm(BACKUP, { recursive: true })],
  ])("%s", async (_, damage) => {
    await damage();
    const { status, lastLine, made } = await archive();
    expect(lastLine).toMatch(/^.*(BackupPC's record|no file at all|end-of-archive)/);
    expect(status).toBe(1);
    expect(made).toBe("incomplete");
  });
});

describe("BackupPC_tarCreate's own refusal is told:", () => {
  test.each([
    ["an unknown host", { host: "nobody" }, /BackupPC_tarCreate ended with status 1: .*nobody/],
    ["an unknown number", { number: "99" }, /BackupPC_tarCreate ended with status 1: .*99/],
    ["an unknown share", { share: "/nowhere" }, /^(?!archived )\S/],
  ])("%s", async (_, changes, line) => {
    const { status, lastLine } = await archive(changes);
    expect(lastLine).toMatch(line);
    expect(status).toBe(1);
  });

  test("the wrong user", async () => {
    const { status, lastLine } = await archive({}, {});
    // The working directory is the user backuppc's: BackupPC_tarCreate is not even asked.
    expect(lastLine).toMatch(/^Other users can write to .* belongs to user \d+\. /);
    expect(status).toBe(2);
  });
});

async function overwrite(position: number, bytes: Buffer): Promise<void> {
  await chmod(poolFile, 0o640);
  const file = await open(poolFile, "r+");
  await file.write(bytes, 0, bytes.length, position);
  await file.close();
}
