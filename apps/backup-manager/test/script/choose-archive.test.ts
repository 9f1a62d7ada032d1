import type { ArchiveStatus, ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { describe, expect, test } from "vitest";
import { chooseArchive } from "../../src/script/choose-archive.ts";

const ANY = { host: "gandalf", number: undefined, attempt: undefined, unfinalized: false };

describe("without a number", () => {
  test("the newest complete archive is taken, whatever its number", () => {
    const newest = archive(3, "complete", 20);
    const archives = [archive(9, "complete", 10), newest, archive(12, "unfinalized", 22)];
    expect(chooseArchive(archives, ANY, "store")).toBe(newest);
  });

  test("a partial archive does not do, but its number is told", () => {
    expect(() => chooseArchive([archive(4, "partial", 10)], ANY, "store")).toThrow(
      expect.objectContaining({
        code: "no-such-archive",
        message: "No finalized backups found of gandalf",
        hint: "--backup-number 4 takes the partial one, whose source had errors.",
      }),
    );
  });
});

describe("with a number", () => {
  const four = { ...ANY, number: 4 };

  test("its newest complete archive is taken", () => {
    const newest = archive(4, "complete", 12);
    const archives = [archive(4, "complete", 10), newest, archive(4, "partial", 14)];
    expect(chooseArchive(archives, four, "store")).toBe(newest);
  });

  test("its partial archive is taken if there is no complete one", () => {
    const partial = archive(4, "partial", 10);
    expect(chooseArchive([partial, archive(5, "complete", 11)], four, "store")).toBe(partial);
  });

  test("that has no archive, that is said", () => {
    expect(() => chooseArchive([archive(5, "complete", 10)], four, "store")).toThrow(
      "there is no archive of gandalf's backup 4",
    );
  });
});

describe("with --unfinalized", () => {
  const unfinalized = { ...ANY, unfinalized: true };

  test("the newest is taken that has a manifest", () => {
    const left = archive(6, "unfinalized", 12, true);
    const archives = [archive(5, "complete", 10), left, archive(7, "unfinalized", 14)];
    expect(chooseArchive(archives, unfinalized, "store")).toBe(left);
  });

  test("archives without a manifest don't do", () => {
    expect(() => chooseArchive([archive(7, "unfinalized", 14)], unfinalized, "store")).toThrow(
      "No backups found of gandalf that have a manifest",
    );
  });
});

test("a host without archives is said to have none", () => {
  expect(() => chooseArchive([], ANY, "s3://bucket/")).toThrow(
    "there is no archive of host gandalf in s3://bucket/",
  );
});

function archive(
  number: number,
  status: ArchiveStatus,
  day: number,
  hasManifest: boolean = status !== "unfinalized",
): ArchiveSummary {
  const started = new Date(Date.UTC(2026, 10, day));
  const id = { host: "gandalf", number, attempt: `202611${day}T000000Z-000000` };
  const finalized = { finished: started, chunks: 1, storedBytes: 1 };
  const shared = { id, status, started, hasManifest, hasSums: hasManifest };
  return status === "unfinalized" ? shared : { ...shared, ...finalized };
}
