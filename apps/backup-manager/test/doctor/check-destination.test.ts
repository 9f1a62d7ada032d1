import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkBackupPc } from "../../src/doctor/check-programs.ts";
import type { Finding } from "../../src/doctor/finding.ts";
import { fakeBackupPc } from "../start/fake-backuppc.ts";

/** What is said of an archive host's ArchiveDest. @param prepare may make it */
async function finding(
  prepare: (path: string) => Promise<unknown>,
  stateDirectory?: string,
): Promise<{ readonly path: string; readonly found: Finding | undefined }> {
  const { folder } = await fakeBackupPc();
  const path = join(folder, "archives3");
  await prepare(path);
  const hosts = [["archives3", "archive", 0, path]] as const;
  const { folder: backuppc } = await fakeBackupPc({ hosts, archiveClientCmd: "/bin/ours" });
  const findings = await checkBackupPc({
    stateDirectory: stateDirectory ?? path,
    role: "both",
    folders: [backuppc],
  });
  return { path, found: findings.find(({ check }) => check === "ArchiveDest") };
}

const make = async (path: string): Promise<unknown> => await mkdir(path, { mode: 0o750 });

test("An ArchiveDest that does not exist fails, with the line that makes it", async () => {
  const { path, found } = await finding(async () => {});
  expect(found).toEqual({
    check: "ArchiveDest",
    state: "failed",
    message: `${path} of archive host archives3 does not exist`,
    remedy: `Run: install -d -o backuppc -g backuppc -m 750 ${path}`,
  });
});

test("An ArchiveDest that others can write to fails, as archive-host does", async () => {
  const { found } = await finding(async (path) => {
    await make(path);
    await chmod(path, 0o770);
  });
  expect(found).toMatchObject({ state: "failed", remedy: expect.stringContaining("chmod go-w") });
});

test("An ArchiveDest that is not the stateDirectory is a warning", async () => {
  const { found } = await finding(make, "/var/lib/backuppc/archives3");
  expect(found).toMatchObject({
    state: "warning",
    remedy: expect.stringContaining("stateDirectory"),
  });
});

test("An ArchiveDest that is the stateDirectory is well", async () => {
  const { found } = await finding(make);
  expect(found).toMatchObject({ state: "ok" });
});
