import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { driveBackupPc } from "../../src/backuppc/drive-backuppc.ts";
import { startBackupPc } from "../../src/backuppc/start-backuppc.ts";
import { listTree } from "../../src/list-tree.ts";

const backuppc = driveBackupPc(inject("backuppc"));
const { hosts } = backuppc.details;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "backuppc-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe.each(hosts)("The host $name", ({ name, shares }) => {
  test("has one full and one incremental backup.", async () => {
    const backups = await backuppc.backups(name);
    expect(backups.map(({ number, type }) => `${number} ${type}`)).toEqual(["0 full", "1 incr"]);
  });

  test("is, in its last backup, what lies on the disk.", async () => {
    const totals = await backuppc.extractBackup(name, 1, folder);
    expect(totals).toMatch(/^Done: \d+ files, \d+ bytes, \d+ dirs, \d+ specials, 0 errors$/);
    for (const share of shares) {
      expect(await listTree(`${folder}${share}`)).toEqual(await listTree(share));
    }
  });
});

test("Commands run as user backuppc, with its bare environment, in the root folder.", async () => {
  const { stdout } = await backuppc.asUser("/bin/sh", ["-c", "id -un; id -G | wc -w; pwd; env"]);
  const [user, groups, where, ...environment] = stdout.trim().split("\n");
  expect([user, groups, where]).toEqual(["backuppc", "1", "/"]);
  expect(environment).toContain("PATH=/bin:/usr/bin");
  expect(environment.join("\n")).not.toContain("VITEST");
});

test("A second start finds all that the first one made, and its stop leaves the daemon to the first.", async () => {
  const lines: string[] = [];
  const second = await startBackupPc({ say: (line) => lines.push(line) });
  await second.stop();
  expect(lines).toEqual([
    expect.stringMatching(/^BackupPC: the daemon runs already, process \d+$/),
    "BackupPC: gandalf has 0 full, 1 incr",
    "BackupPC: witte has 0 full, 1 incr",
  ]);
  const ask = `${backuppc.details.programFolder}/BackupPC_serverMesg`;
  expect((await backuppc.asUser(ask, ["status", "info"])).stdout).toMatch(/^Got reply:/);
});
