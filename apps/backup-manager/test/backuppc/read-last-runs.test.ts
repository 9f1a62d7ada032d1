import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NO_RUNS, readLastRuns } from "../../src/backuppc/read-last-runs.ts";
import { fakeBackupPc } from "../start/fake-backuppc.ts";

/** As BackupPC writes it. */
const STATUS = `%Info = ('pid' => 1);
%Status = ('gandalf' => {'error' => "Unable to read 4\\nbytes", 'reason' => 'Reason_backup_failed'});
`;

test("Each host's newest backup is read with the error of a later one, those that broke off left out", async () => {
  const { folder, topFolder } = await fakeBackupPc({
    hosts: [
      ["archives3", "archive", 0],
      ["fresh", "rsync", 0],
      ["gandalf", "tar", [1, 2].map((number) => [number, "full", 1_800_000_000 + number] as const)],
      [
        "witte",
        "rsync",
        [
          [7, "incr", 1_800_000_000],
          [8, "partial", 1_800_000_900],
        ],
      ],
    ],
  });
  await mkdir(join(topFolder, "log"));
  await writeFile(join(topFolder, "log/status.pl"), STATUS);
  const { archiveErrors, backups } = await readLastRuns("any", [folder]);
  expect([...archiveErrors]).toEqual([]);
  expect(Object.fromEntries(backups)).toEqual({
    gandalf: { started: new Date(1_800_000_002_000), error: "Unable to read 4 bytes" },
    witte: { started: new Date(1_800_000_000_000), error: "" },
  });
});

test("It is the last full one where only full ones are archived, whatever its clock said", async () => {
  const backups = [
    [1, "full", 1_900_000_000],
    [2, "full", 1_800_000_000],
    [3, "incr", 1_800_090_000],
  ] as const;
  const { folder } = await fakeBackupPc({ hosts: [["gandalf", "tar", backups]] });
  const { backups: last } = await readLastRuns("full", [folder]);
  expect(last.get("gandalf")?.started).toEqual(new Date(1_800_000_000_000));
});

test("Nothing is known where there is no BackupPC", async () => {
  expect(await readLastRuns("any", ["/nowhere"])).toEqual(NO_RUNS);
});
