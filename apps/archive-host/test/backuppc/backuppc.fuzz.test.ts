import { fuzz } from "@backuppc-archive-s3/test-rig/fuzz";
import { expect, test } from "vitest";
import { ArchiveError } from "../../src/archive-error.ts";
import { parseBackups } from "../../src/backuppc/parse-backups.ts";
import { StderrLines } from "../../src/backuppc/stderr-lines.ts";

const BACKUPS = [
  "0\tfull\t1700000000\t1700000100\t20\t123456\t0\t0\t20\t123456\t0\t0\t0\t0\t3\t0\t0\t0\t\t1\trsync\t1\tutf8\t4.4.0\t7\t0\t\tcomment",
  "1\tincr\t1700086400\t1700086500\t3\t4096.5\t0\t0\t3\t4096\t0\t0\t0\t0\t3",
  "7\tpartial\t1700086400\t\t3\t1.5e+15",
].join("\n");

test("BackupPC's `backups`: whatever is in it, a record that can be used or none", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: [BACKUPS, `${BACKUPS}\r\n`],
    parse: (bytes) => {
      const record = parseBackups(Buffer.from(bytes).toString(), 1);
      // A head has to take it at the end of the run.
      expect(record?.started.toISOString() ?? "1970-").toMatch(/^\d{4}-/);
      return record;
    },
    refusals: [],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "BackupPC's `backups`", ...tally } });
});

const DONE = "Done: 3 files, 10 bytes, 1 dirs, 0 specials, 0 errors";

test("The lines of BackupPC_tarCreate: whatever it prints, a summary or the error that there is none", async ({
  task,
}) => {
  const tally = await fuzz({
    samples: [
      DONE,
      `Unable to open file\n (use -m)\n${DONE}\n\tCan't call method "close" during global destruction.`,
      `Done: 1 file, 1 byte, 1 dir, 1 special, 1 error`,
    ],
    parse: (bytes) => {
      const lines = new StderrLines(() => {});
      const printed = Buffer.from(bytes).toString().split("\n");
      for (const line of printed) lines.add(line);
      expect(lines.last.length).toBeLessThanOrEqual(2000);
      return lines.summary();
    },
    refusals: [ArchiveError],
  });
  expect(tally.accepted).toBeGreaterThan(0);
  Object.assign(task.meta, { fuzz: { parser: "`Done:` of BackupPC_tarCreate", ...tally } });
});
