// backup-manager as user backuppc, on the real BackupPC and on Ceph RGW.
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createBucket, driveBackupPc } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { deleteJsonSchema } from "../src/delete/delete-json.ts";
import { drillJsonSchema } from "../src/drill/drill-json.ts";
import { doctorJsonSchema } from "../src/doctor/doctor-json.ts";
import { runProgram } from "../src/program/run-program.ts";

const rgw = inject("store");
const details = inject("backuppc");
const backuppc = driveBackupPc(details);
const APPS = fileURLToPath(new URL("../..", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(details.rigFolder, "backup-manager-"));
  await chmod(folder, 0o755);
  for (const app of ["archive-host", "backup-manager"])
    await cp(join(APPS, app, "dist"), folder, { recursive: true });
  await mkdir(join(folder, "work"));
  await chown(join(folder, "work"), details.uid, details.gid);
  const bucket = basename(folder).toLowerCase();
  await createBucket(rgw, bucket);
  await secretFile("passphrase", "hunter2\n");
  const { region, endpoint, accessKeyId, secretAccessKey } = rgw;
  const passphraseFile = join(folder, "passphrase");
  const stateDirectory = join(folder, "work");
  const keys = { accessKeyId, secretAccessKey, passphraseFile, stateDirectory };
  const values = { bucket, region, endpoint, provider: "ceph", ...keys };
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  await secretFile("config.toml", lines.join(""));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

test("The doctor finds all well", async () => {
  await backuppc.configureArchive(archiveOptions());
  const { stdout, stderr, status } = await asBackupPc("doctor", "--json");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  const { findings } = doctorJsonSchema.parse(JSON.parse(stdout));
  const states = Object.fromEntries(findings.map(({ check, state }) => [check, state]));
  expect(states).toMatchObject({
    configuration: "ok",
    signers: "ok",
    list: "ok",
    put: "ok",
    "conditional put": "ok",
    digest: "ok",
    checksums: "ok",
    get: "ok",
    delete: "ok",
    clock: "ok",
    versioning: "ok",
    "object lock": "ok",
    lifecycle: "ok",
    gpg: "ok",
  });
  expect(states).toMatchObject({ BackupPC: "ok", ArchiveDest: "ok" });
  expect(findings.find(({ check }) => check === "BackupPC")).toMatchObject({
    message: expect.stringMatching(
      /^\/usr\/share\/backuppc, 2 hosts with backups, archive host archives3$/,
    ),
  });
});

describe("start", () => {
  test("has BackupPC archive a host, and sees through a refusal", async () => {
    const ended = await archived(async () => {
      const first = await asBackupPc("start", "gandalf");
      if (first.status !== 0) return first.stderr;
      expect(first.stdout).toBe("BackupPC was asked to archive gandalf by archives3\n");
      const before = await requestFiles();
      const second = await asBackupPc("start", "witte");
      expect(await requestFiles()).toEqual(before);
      expect(second).toMatchObject({ stdout: "", status: 1 });
      expect(second.stderr).toMatch(
        /^backup-manager: BackupPC does not start the archive: Archive currently running on archives3/,
      );
      return "ok: requested archive";
    });
    expect(ended).toMatchObject({ result: "ok", message: "" });
    expect((await asBackupPc("list")).stdout).toMatch(/^gandalf .* complete\n1 archive of 1 host/m);
    expect(await asBackupPc("verify", "--data", "-q")).toMatchObject({ stdout: "", status: 0 });
  });

  test("tells who asks as another user what to do", async () => {
    const program = join(folder, "backup-manager.mjs");
    const { stderr, status } = await runProgram(process.execPath, [program, "start", "gandalf"]);
    expect(stderr).toMatch(
      /^backup-manager: BackupPC answers only its own user\. .*su -s \/bin\/sh backuppc/,
    );
    expect(status).toBe(1);
  });
});

describe("drill --against-backuppc", () => {
  const drill = async (...args: string[]) => {
    const words = ["drill", "-H", "gandalf", "--against-backuppc", "--json", ...args];
    const { stdout, stderr, status } = await asBackupPc(...words);
    const [{ result, reason, scope, againstBackuppc, differences } = {}] =
      status === 2 ? [] : drillJsonSchema.parse(JSON.parse(stdout)).drills;
    return { stderr, status, result, reason, scope, againstBackuppc, differences };
  };

  test("compares some members with what BackupPC has today", async () => {
    expect(await drill()).toEqual({
      stderr: "",
      status: 0,
      result: "proven",
      reason: null,
      scope: "members",
      againstBackuppc: true,
      differences: [],
    });
  });

  test("and everything with --full", async () => {
    const full = join(folder, "work", "full");
    expect(await drill("--full", full)).toMatchObject({ status: 0, result: "proven" });
  });
});

test("delete --start-backups has the neediest hosts archived again", async () => {
  const ended = await archived(async () => {
    const deleted = await asBackupPc("delete", "--age=30", "--keep=1", "-s", "--json");
    if (deleted.status !== 0) return deleted.stderr;
    const { started } = deleteJsonSchema.parse(JSON.parse(deleted.stdout));
    expect(started).toEqual({ archiveHost: "archives3", hosts: ["witte", "gandalf"] });
    return "ok: requested archive";
  });
  expect(ended).toMatchObject({ result: "ok", message: "" });
  expect((await asBackupPc("list")).stdout).toContain("3 archives of 2 hosts");
  const { stdout } = await asBackupPc("delete", "--age=30", "--keep=0", "-s", "--test");
  expect(stdout).toMatch(/No host needs another archive\n$/);
});

/** What BackupPC has been asked for, and what refused requests leave behind. */
async function requestFiles(): Promise<string[]> {
  const names = await readdir(join(details.topFolder, "pc", details.archiveHost));
  return names.filter((name) => name.startsWith("archiveReq."));
}

/** What became of an archive that `request` asked BackupPC for. */
async function archived(request: () => Promise<string>): ReturnType<typeof backuppc.archive> {
  return await backuppc.archive({ ...archiveOptions(), by: request });
}

function archiveOptions() {
  const environment = `/usr/bin/env BACKUPPC_ARCHIVE_S3_CONFIG=${join(folder, "config.toml")}`;
  return {
    hosts: ["gandalf"],
    command: `${environment} ${process.execPath} ${join(folder, "archive-host.mjs")}`,
    compression: "gzip",
    destination: join(folder, "work"),
  } as const;
}

async function asBackupPc(...args: string[]): ReturnType<typeof backuppc.asUser> {
  const program = join(folder, "backup-manager.mjs");
  const config = join(folder, "config.toml");
  return await backuppc.asUser(process.execPath, [program, "--config", config, ...args]);
}

async function secretFile(name: string, text: string): Promise<void> {
  const file = join(folder, name);
  await writeFile(file, text, { mode: 0o640 });
  await chown(file, 0, details.gid);
}

describe("The Python program's nightly job", () => {
  /** From its README, verbatim but for the program's path. */
  const JOB = `#!/bin/sh
BACKUPMGR=/path/to/backup-manager.py

# Delete all backups older than 30 days.
$BACKUPMGR delete --age=30

# Create restore scripts, valid for one week, for all of my computers
cd /home/rtucker/Dropbox/RestoreScripts/
$BACKUPMGR --expire=604800 --host=gandalf script > restore_gandalf.sh
$BACKUPMGR --expire=604800 --host=witte script > restore_witte.sh
# etc, etc

# Output a list of what's on the server
$BACKUPMGR
`;
  const [HOME, SCRIPTS] = ["/home/rtucker", "/home/rtucker/Dropbox/RestoreScripts"];
  beforeAll(async () => void (await mkdir(SCRIPTS, { recursive: true })));
  afterAll(async () => await rm(HOME, { recursive: true }));

  test("deletes, writes scripts that restore, and lists", async () => {
    const { result } = await archived(async () => {
      const { status, stderr } = await asBackupPc("start", "--force", "witte");
      return status === 0 ? "ok: requested archive" : stderr;
    });
    expect(result).toBe("ok");
    const job = join(folder, "nightly");
    const program = join(folder, "backup-manager.mjs");
    await writeFile(job, JOB.replace("/path/to/backup-manager.py", program));
    await chmod(program, 0o755);
    const env = {
      PATH: process.env["PATH"] ?? "",
      TZ: "UTC",
      BACKUPPC_ARCHIVE_S3_CONFIG: join(folder, "config.toml"),
    };
    const { stdout, stderr, status } = await runProgram("sh", [job], env);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatch(
      /^0 archives deleted, 4 kept\nHostname .*\n(gandalf +1 .* complete\n){2}(witte +1 .* complete\n){2}4 archives of 2 hosts, .* uploaded\n$/,
    );
    for (const host of ["gandalf", "witte"]) {
      const target = join(folder, `restored-${host}`);
      await mkdir(target);
      const args = ["--passphrase-file", join(folder, "passphrase"), target];
      const script = join(SCRIPTS, `restore_${host}.sh`);
      const restored = await runProgram("sh", [script, ...args]);
      expect(restored.stderr).toContain(`Restored backup 1 of ${host}`);
      expect(restored.status).toBe(0);
    }
  });
});
