// `backup-manager run` as user backuppc, on the real BackupPC and on Ceph RGW.
import { chmod, chown, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createBucket, driveBackupPc } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { nightlyJsonSchema } from "../../src/nightly/nightly-json.ts";
import { runJsonSchema } from "../../src/run-command/run-json.ts";

const rgw = inject("store");
const details = inject("backuppc");
const backuppc = driveBackupPc(details);
const APPS = fileURLToPath(new URL("../../..", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(details.rigFolder, "run-"));
  await chmod(folder, 0o755);
  for (const app of ["archive-host", "backup-manager"])
    await cp(join(APPS, app, "dist"), folder, { recursive: true });
  for (const name of ["work", "scripts"]) {
    await mkdir(join(folder, name));
    await chown(join(folder, name), details.uid, details.gid);
  }
  const bucket = basename(folder).toLowerCase();
  await createBucket(rgw, bucket);
  await secretFile("passphrase", "hunter2\n");
  const { region, endpoint, accessKeyId, secretAccessKey } = rgw;
  const values = {
    bucket,
    region,
    endpoint,
    provider: "ceph",
    accessKeyId,
    secretAccessKey,
    passphraseFile: join(folder, "passphrase"),
    stateDirectory: join(folder, "work"),
  };
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  await secretFile("config.toml", lines.join(""));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

/** Hosts whose archive fails before it begins. */
let broken: string;
beforeEach(() => {
  broken = "none";
});

/** Has BackupPC archive by a script that fails for the broken host. */
async function configure(): Promise<void> {
  const command = join(folder, "archive");
  await writeFile(
    command,
    `#!/bin/sh
if [ "$4" = ${broken} ]; then echo "$4 is broken tonight."; exit 1; fi
BACKUPPC_ARCHIVE_S3_CONFIG=${join(folder, "config.toml")} exec ${process.execPath} ${join(folder, "archive-host.mjs")} "$@"
`,
  );
  await chmod(command, 0o755);
  const destination = join(folder, "work");
  await backuppc.configureArchive({ hosts: [], command, compression: "gzip", destination });
}

async function asBackupPc(...args: string[]): ReturnType<typeof backuppc.asUser> {
  const program = join(folder, "backup-manager.mjs");
  const config = join(folder, "config.toml");
  return await backuppc.asUser(process.execPath, [program, "--config", config, ...args]);
}

async function run(): Promise<{ readonly status: unknown; readonly hosts: string[] }> {
  const { stdout, status } = await asBackupPc("run", "--json");
  const { hosts } = runJsonSchema.parse(JSON.parse(stdout));
  return { status, hosts: hosts.map(({ host, result }) => `${host} ${result}`) };
}

async function nightly() {
  const words = ["nightly", "--directory", join(folder, "scripts"), "--json"];
  const { stdout, status } = await asBackupPc(...words);
  const { troubles } = nightlyJsonSchema.parse(JSON.parse(stdout));
  return { status, troubles: troubles.map(({ kind, host, why }) => `${kind} ${host}: ${why}`) };
}

test("A host that was never archived is overdue, and the reason is BackupPC's last error", async () => {
  broken = "witte";
  await configure();
  expect((await asBackupPc("list", "--overdue", "1")).stderr).toMatch(
    /gandalf has never been archived\n.*witte has never been archived\n/,
  );
  // Both were never archived: by name. The second one fails, the first is done all the same.
  expect(await run()).toEqual({ status: 1, hosts: ["gandalf archived", "witte failed"] });
  const ended = await nightly();
  expect(ended).toEqual({ status: 1, troubles: ["never witte: witte is broken tonight."] });
});

test("The next run archives what failed, and what is archived already is left out", async () => {
  await configure();
  expect(await run()).toEqual({ status: 0, hosts: ["witte archived", "gandalf skipped"] });
  expect(await run()).toEqual({ status: 0, hosts: ["gandalf skipped", "witte skipped"] });
  expect(await nightly()).toEqual({ status: 0, troubles: [] });
});

test("start leaves out what is archived, unless it is forced", async () => {
  await configure();
  const { stdout, stderr, status } = await asBackupPc("start", "gandalf", "--test");
  expect({ stdout, status }).toEqual({ stdout: "No host needs another archive\n", status: 0 });
  expect(stderr).toMatch(/gandalf \d+ is archived already; --force archives it again/);
  expect((await asBackupPc("start", "gandalf", "--test", "--force")).stdout).toContain(
    "would be asked to archive gandalf",
  );
});

async function secretFile(name: string, text: string): Promise<void> {
  const file = join(folder, name);
  await writeFile(file, text, { mode: 0o640 });
  await chown(file, 0, details.gid);
}
