import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readBackupRecord } from "../../src/backuppc/backup-record.ts";

let folder: string;
let configuration: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "backuppc-"));
  configuration = join(folder, "config.pl");
  await writeFile(configuration, `$Conf{CgiURL} = 'x';\n$Conf{TopDir}      = '${folder}';\n`);
  await mkdir(join(folder, "pc", "gandalf"), { recursive: true });
  const lines = [
    "0\tfull\t1700000000\t1700000100\t20\t123456\t0\t0\t20\t123456\t0\t0\t0\t0\t3",
    "1\tincr\t1700086400\t1700086500\t3\t4096\t0\t0\t3\t4096\t0\t0\t0\t0\t3",
  ];
  await writeFile(join(folder, "pc", "gandalf", "backups"), `${lines.join("\n")}\n`);
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

describe("readBackupRecord", () => {
  test("reads type, start and size of one backup", async () => {
    expect(await readBackupRecord("gandalf", 1, configuration)).toEqual({
      type: "incr",
      started: new Date(1_700_086_400_000),
      files: 3,
      size: 4096,
    });
  });

  test.each([
    ["another number", "gandalf", 7],
    ["another host", "witte", 1],
    ["a host that is a path", "../pc/gandalf", 1],
  ])("knows nothing of %s", async (_, host, number) => {
    expect(await readBackupRecord(host, number, configuration)).toBeUndefined();
  });

  test("knows nothing without BackupPC's configuration, or with a damaged record", async () => {
    expect(await readBackupRecord("gandalf", 1, join(folder, "missing"))).toBeUndefined();
    await writeFile(join(folder, "pc", "gandalf", "backups"), "1\tfull\tyesterday\n\u0000\n");
    expect(await readBackupRecord("gandalf", 1, configuration)).toBeUndefined();
  });
});
