import type { TarCount } from "@backuppc-archive-s3/chunk-splitter";
import { describe, expect, test } from "vitest";
import type { BackupRecord } from "../../src/backuppc/parse-backups.ts";
import { checkCompleteness } from "../../src/backuppc/completeness.ts";

function tar(changes: Partial<TarCount> = {}): TarCount {
  const counted = { members: 1100, files: 1000, hardLinks: 0, bytes: 1_000_000 };
  return { ...counted, ended: true, damagedAt: undefined, ...changes };
}

function record(changes: Partial<BackupRecord> = {}): BackupRecord {
  return { type: "full", started: new Date(0), files: 1000, size: 1_000_000, ...changes };
}

describe("checkCompleteness", () => {
  test.each([
    ["all files are there", tar(), record()],
    ["BackupPC's record can't be read", tar({ files: 3, bytes: 5 }), undefined],
    ["there is more than in the record", tar({ files: 1001 }), record()],
    ["the backup is empty, and the record says so", tar({ files: 0 }), record({ files: 0 })],
  ])("has nothing to say when %s", (_, count, backup) => {
    expect(checkCompleteness(count, backup)).toBeUndefined();
  });

  test.each([
    ["a few are missing, as sockets are", tar({ files: 984 }), record()],
    ["one of a hundred is missing", tar({ files: 99_000 }), record({ files: 100_000 })],
    ["hard links make the sizes differ", tar({ files: 999, hardLinks: 9, bytes: 5 }), record()],
  ])("warns when %s", (_, count, backup) => {
    expect(checkCompleteness(count, backup)).toMatch(/^warning: \d+ of the \d+ files .*sockets/);
  });

  test.each([
    [
      "too many files are missing",
      tar({ files: 983 }),
      record(),
      "files-missing",
      /^17 of the 1000 files/,
    ],
    [
      "the missing ones are large",
      tar({ files: 999, bytes: 980_000 }),
      record(),
      "files-missing",
      /^1 of the 1000 files in BackupPC's record is not in the tar/,
    ],
    [
      "there is no file at all",
      tar({ files: 0, bytes: 0 }),
      record({ files: 1 }),
      "empty-archive",
      /no file at all/,
    ],
    ["the end is missing", tar({ ended: false }), undefined, "tar-cut", /has no end-of-archive/],
    ["it is no tar", tar({ damagedAt: 512 }), record(), "tar-cut", /is no tar from byte 512 on/],
  ])("fails when %s", (_, count, backup, code, message) => {
    const failure = { code, message: expect.stringMatching(message) };
    expect(() => checkCompleteness(count, backup)).toThrow(expect.objectContaining(failure));
  });
});
