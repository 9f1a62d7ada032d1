import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hostsToArchive } from "../../src/run-command/hosts-to-archive.ts";
import { fakeBackupPc } from "../start/fake-backuppc.ts";

const ALL = { hosts: [], excludeHosts: [] };

async function asked(folder: string): Promise<[readonly string[] | undefined, string[]]> {
  const notes: string[] = [];
  return [await hostsToArchive(ALL, (line) => notes.push(line), [folder]), notes];
}

test("Hosts with a backup could be archived", async () => {
  const { folder } = await fakeBackupPc();
  expect(await asked(folder)).toEqual([["gandalf", "witte"], []]);
});

test("Where BackupPC is elsewhere, or answers another user alone, nothing is said", async () => {
  const { folder } = await fakeBackupPc({ isWrongUser: true });
  expect(await asked(folder)).toEqual([undefined, []]);
  expect(await asked("/nowhere")).toEqual([undefined, []]);
});

test("A BackupPC that is here and cannot be asked is reported: a guard is off", async () => {
  const { folder } = await fakeBackupPc();
  await writeFile(join(folder, "lib/BackupPC/Lib.pm"), "die(qq(config.pl: syntax error\\n));");
  expect(await asked(folder)).toEqual([
    undefined,
    [
      expect.stringMatching(
        /^warning: BackupPC's hosts cannot be read: .*, so a host that was never archived is not noticed$/,
      ),
    ],
  ]);
});
