import type { ArchiveStatus, ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { describe, expect, test } from "vitest";
import type { Candidate } from "../../src/script/candidate.ts";
import { archivesInQuestion, chooseArchive, type Wanted } from "../../src/script/choose-archive.ts";

const ANY: Wanted = {
  host: "gandalf",
  number: undefined,
  attempt: undefined,
  incomplete: false,
  acceptUnverified: false,
};
const VERIFIED = { state: "verified", signer: "5161" } as const;
const FORGED = { state: "unverified", reason: "bad-signature" } as const;
const LEGACY = { state: "legacy", reason: "nothing is signed" } as const;

describe("without a number", () => {
  test("the newest complete archive is taken by its verified time, whatever its number", () => {
    const newest = candidate(3, "complete", 20);
    const candidates = [candidate(9, "complete", 10), newest, candidate(12, "incomplete", 22)];
    expect(chooseArchive(candidates, ANY)).toBe(newest);
  });

  test("a partial archive does not do, but its number is named", () => {
    expect(() => chooseArchive([candidate(4, "partial", 10)], ANY)).toThrow(
      expect.objectContaining({
        code: "no-such-archive",
        message: "there is no complete archive of gandalf",
        hint: "`script --backup-number 4` takes the partial one, whose source had errors.",
      }),
    );
  });
});

test("a host that has nothing finished is to be archived again", () => {
  expect(() => chooseArchive([], ANY)).toThrow(
    expect.objectContaining({
      code: "no-such-archive",
      hint: "If none is in progress, archive it again. `script --incomplete` considers archives that were not finished.",
    }),
  );
});

describe("with a number", () => {
  const four = { ...ANY, number: 4 };

  test("its newest complete archive is taken", () => {
    const newest = candidate(4, "complete", 12);
    const candidates = [candidate(4, "complete", 10), newest, candidate(4, "partial", 14)];
    expect(chooseArchive(candidates, four)).toBe(newest);
  });

  test("its partial archive is taken if there is no complete one", () => {
    const partial = candidate(4, "partial", 10);
    expect(chooseArchive([partial], four)).toBe(partial);
  });

  test("others are not in question", () => {
    const [wanted, other] = [candidate(4, "complete", 9), candidate(5, "complete", 10)];
    const archives = [wanted.archive, other.archive];
    expect(archivesInQuestion(archives, four, "store")).toEqual([wanted.archive]);
    expect(() => archivesInQuestion([other.archive], four, "store")).toThrow(
      "there is no archive of gandalf's backup 4",
    );
  });
});

describe("an archive that is not verified", () => {
  const forged = candidate(9, "complete", 20, FORGED);

  test("is refused with the reason and the remedy", () => {
    expect(() => chooseArchive([forged], ANY)).toThrow(
      expect.objectContaining({
        code: "unverified",
        message: expect.stringMatching(
          /^gandalf 9 of .* is not verified: no known key has signed it$/,
        ),
        hint: expect.stringMatching(
          / `ls`, `diff` and `script` take it with --accept-unverified\.$/,
        ),
      }),
    );
  });

  test("is taken with --accept-unverified", () => {
    expect(chooseArchive([forged], { ...ANY, acceptUnverified: true })).toBe(forged);
  });

  test("never takes the place of a verified one, however new it says it is", () => {
    const good = candidate(3, "complete", 2);
    expect(chooseArchive([good, forged], ANY)).toBe(good);
    expect(chooseArchive([good, forged], { ...ANY, acceptUnverified: true })).toBe(good);
  });

  test("is not taken if it contradicts the configuration", () => {
    const refused = candidate(9, "complete", 20, { state: "unusable", reason: "stored in clear" });
    expect(() => chooseArchive([refused], { ...ANY, acceptUnverified: true })).toThrow(
      /^gandalf 9 of .* cannot be used: stored in clear$/,
    );
  });
});

describe("legacy archives", () => {
  const legacy = candidate(7, "complete", 25, LEGACY);

  test("are taken where the host has no other", () => {
    expect(chooseArchive([legacy, candidate(8, "partial", 26)], ANY)).toBe(legacy);
  });

  test("never take the place of a signed one", () => {
    const own = candidate(3, "complete", 2);
    expect(chooseArchive([legacy, own], ANY)).toBe(own);
  });
});

describe("with --incomplete", () => {
  test("the newest is taken, and only if its lack of a signature is accepted", () => {
    const left = candidate(6, "incomplete", 12, { state: "unverified", reason: "no-marker" });
    const wanted = { ...ANY, incomplete: true };
    expect(() => chooseArchive([left], wanted)).toThrow(
      "it is incomplete, so nobody has signed it",
    );
    expect(chooseArchive([left], { ...wanted, acceptUnverified: true })).toBe(left);
    expect(archivesInQuestion([left.archive], wanted, "store")).toEqual([left.archive]);
    expect(archivesInQuestion([left.archive], ANY, "store")).toEqual([]);
  });
});

test("a host without archives is said to have none", () => {
  expect(() => archivesInQuestion([], ANY, "s3://bucket/")).toThrow(
    "there is no archive of host gandalf in s3://bucket/",
  );
});

function candidate(
  number: number,
  status: ArchiveStatus,
  day: number,
  trust: Candidate["trust"] = VERIFIED,
): Candidate {
  const started = new Date(Date.UTC(2026, 10, day));
  const id = { host: "gandalf", number, attempt: `202611${day}T000000Z-000000` };
  const shared = { id, status, started, ambiguous: false, deleted: false };
  const counts = { finished: started, chunks: 1, storedBytes: 1, newChunks: 1, newBytes: 1 };
  const archive: ArchiveSummary = status === "incomplete" ? shared : { ...shared, ...counts };
  return { archive, trust, time: started.getTime() };
}
