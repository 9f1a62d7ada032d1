// The main job on real parts: BackupPC's daemon runs the bundle, Ceph RGW keeps
// the chunks, stock gpg, curl and tar bring them back.
import { execFile } from "node:child_process";
import { chmod, chown, cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createS3, withPrefix, withRetry } from "@backuppc-archive-s3/s3-transport";
import {
  adminCommand,
  bucketLocation,
  createBucket,
  driveBackupPc,
  listTree,
} from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

const rgw = inject("store");
const details = inject("backuppc");
const backuppc = driveBackupPc(details);
const run = promisify(execFile);

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PASSPHRASE = "correct horse 'battery' $taple";
/** What README.md tells the user to link, so that it survives a reinstall of BackupPC. */
const LINK = join(details.programFolder, "BackupPC_archiveHost_s3");

let folder: string;
let work: string;
let bucket: string;
beforeAll(async () => {
  folder = await mkdtemp(join(details.rigFolder, "archive-host-"));
  await chmod(folder, 0o755);
  await cp(join(ROOT, "apps/archive-host/dist"), folder, { recursive: true });
  await rm(LINK, { force: true });
  await symlink(join(folder, "archive-host.mjs"), LINK);
  work = join(folder, "work");
  await mkdir(work);
  await chown(work, details.uid, details.gid);
  await secretFile("passphrase", `${PASSPHRASE}\n`);
  bucket = basename(folder).toLowerCase();
  await createBucket(rgw, bucket);
});
afterAll(async () => {
  await rm(LINK, { force: true });
  await rm(folder, { recursive: true, force: true });
});

async function secretFile(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text, { mode: 0o640 });
  await chown(file, 0, details.gid);
  return file;
}

async function configuration(changes: Readonly<Record<string, string>> = {}): Promise<string> {
  const values = {
    bucket,
    prefix: "site-a/",
    region: rgw.region,
    endpoint: rgw.endpoint,
    provider: "ceph",
    accessKeyId: rgw.accessKeyId,
    secretAccessKey: rgw.secretAccessKey,
    passphraseFile: join(folder, "passphrase"),
    chunkSize: "8MiB",
    // The key that signs the archives is there.
    stateDirectory: work,
    ...changes,
  };
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  return await secretFile("config.toml", lines.join(""));
}

/** BackupPC gives a bare environment: the second store of a site is named like this. */
function command(configFile: string): string {
  return `/usr/bin/env BACKUPPC_ARCHIVE_S3_CONFIG=${configFile} ${LINK}`;
}

async function backupManager(configFile: string, ...args: string[]): Promise<string> {
  const bundle = join(ROOT, "apps/backup-manager/dist/backup-manager.mjs");
  const { stdout } = await run(process.execPath, [bundle, "--config", configFile, ...args]);
  return stdout;
}

/** Each archive under the prefix: its host and status. */
async function archives(): Promise<string[]> {
  const store = withRetry(createS3(bucketLocation(rgw, bucket)).store);
  const listed = await openCatalog(withPrefix(store, "site-a/")).list();
  return listed.map(({ id, status }) => `${id.host} ${id.number} ${status}`);
}

async function backupAsBackupPcRestoresIt(host: string): Promise<string[][]> {
  const target = join(folder, `expected-${host}`);
  await mkdir(target, { recursive: true });
  try {
    await backuppc.extractBackup(host, 1, target);
    return await shares(host, target);
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

/** What lies in each share below a folder, and its extended attributes; the folders above are in no backup. */
async function shares(host: string, below: string): Promise<string[][]> {
  const paths = details.hosts.find(({ name }) => name === host)?.shares ?? [];
  const folders = paths.map((share) => join(below, share));
  const trees = await Promise.all(folders.map(async (tree) => await listTree(tree)));
  return [...trees, ...(await Promise.all(folders.map(listAttributes)))];
}

async function listAttributes(tree: string): Promise<string[]> {
  const all = ["--recursive", "--physical", "--no-dereference", "--dump", "--match=-", "."];
  const { stdout } = await run("getfattr", all, { cwd: tree });
  return stdout.split("\n\n").toSorted();
}

describe.each(["none", "gzip", "bzip2"] as const)("With compression %s", (compression) => {
  test("BackupPC's daemon archives both hosts, and a script brings back all that was in them", async () => {
    const config = await configuration({ prefix: `site-${compression}/` });
    const hosts = ["gandalf", "witte"];
    const archived = await backuppc.archive({
      hosts,
      command: command(config),
      compression,
      destination: work,
    });
    expect(archived).toMatchObject({ result: "ok", message: "" });
    expect(archived.log).toMatch(/archived gandalf 1: \d+ chunks?, \d+ new, /);
    expect(archived.log).toMatch(/archived witte 1: \d+ chunks?, \d+ new, /);

    let all = "";
    for (const host of hosts) {
      const script = join(folder, `restore_${host}.sh`);
      // The Python program's order of words, as its crontab has it.
      await writeFile(
        script,
        await backupManager(config, "--expire=604800", `--host=${host}`, "script"),
      );
      const restored = join(folder, `restored-${host}`);
      await mkdir(restored);
      const { stderr } = await run("sh", [
        script,
        "--passphrase-file",
        join(folder, "passphrase"),
        restored,
      ]);
      expect(stderr).toContain(`Restored backup 1 of ${host}`);
      const came = await shares(host, restored);
      expect(came).toEqual(await backupAsBackupPcRestoresIt(host));
      all += JSON.stringify(came);
      await rm(restored, { recursive: true });
    }
    // One of the two hosts has an extended attribute.
    expect(all).toContain("user.note=");
  });
});

test("An archive of BackupPC's web page with a split size and one of its command line share chunks", async () => {
  const config = await configuration({ prefix: "shared/", chunkSize: "1MiB" });
  const lines: string[] = [];
  for (const splitSize of [500, 0]) {
    const { log, result } = await backuppc.archive({
      hosts: ["gandalf"],
      command: command(config),
      compression: "gzip",
      destination: work,
      ...(splitSize > 0 && { splitSize, by: "web" }),
    });
    expect(result).toBe("ok");
    lines.push(/archived gandalf 1: .*/.exec(log)?.[0] ?? log);
  }
  // Some chunks stand in the tar more than once.
  expect(lines[0]).toMatch(/: \d+ chunks, [1-9]\d* new, /);
  expect(lines[1]).toMatch(/: \d+ chunks, 0 new, .* 0 B uploaded/);
});

describe("An archive that fails", () => {
  test("leaves no marker when BackupPC_tarCreate dies, and list shows it with a star", async () => {
    const config = await configuration({ prefix: "site-a/" });
    const half = await halfTarCreate();
    const wrapper = await program("half", `shift; exec ${command(config)} ${half} "$@"`);
    const archived = await backuppc.archive({
      hosts: ["gandalf"],
      command: wrapper,
      destination: work,
    });
    expect(archived).toMatchObject({ result: "failed" });
    expect(archived.message).toMatch(/^BackupPC_tarCreate was killed by SIGKILL/);
    expect(await archives()).toEqual(["gandalf 1 incomplete"]);
    expect(await backupManager(config, "list")).toMatch(/gandalf .*\*/);
  });

  test("tells BackupPC why: the store refuses the user (403)", async () => {
    const config = await configuration({ prefix: "refused/" });
    await adminCommand(rgw, ["user", "suspend", `--uid=${rgw.userId}`]);
    try {
      const archived = await backuppc.archive({
        hosts: ["witte"],
        command: command(config),
        destination: work,
      });
      expect(archived).toMatchObject({ result: "failed" });
      expect(archived.message).toMatch(/^storing refused\/uploaders\/.* failed: 403 UserSuspended/);
    } finally {
      await adminCommand(rgw, ["user", "enable", `--uid=${rgw.userId}`]);
    }
  });

  test("tells BackupPC why: the bucket is not there", async () => {
    const config = await configuration({ bucket: "no-such-bucket" });
    const archived = await backuppc.archive({
      hosts: ["witte"],
      command: command(config),
      destination: work,
    });
    expect(archived.message).toMatch(/^.*404 NoSuchBucket .* Check `bucket`/);
  });

  test("tells BackupPC why: the configuration can't be read", async () => {
    const config = await configuration();
    await chmod(config, 0o600);
    const archived = await backuppc.archive({
      hosts: ["witte"],
      command: command(config),
      destination: work,
    });
    expect(archived.message).toMatch(
      /^The configuration .* can't be read: EACCES.*as the user backuppc, or as root/,
    );
  });
});

/** BackupPC's own program, killed when it has put out 5 MB. */
async function halfTarCreate(): Promise<string> {
  const { program: tarCreate } = backuppc.tarCreate("gandalf", 1);
  return await program("half-tar-create", `${tarCreate} "$@" | head -c 5000000; kill -9 $$`);
}

async function program(name: string, lines: string): Promise<string> {
  const file = join(folder, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${lines}\n`);
  await chmod(file, 0o755);
  return file;
}
