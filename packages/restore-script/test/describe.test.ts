import { describe, expect, test } from "vitest";
import { restoreScript, type RestoreInput } from "../src/index.ts";

const ATTEMPT = "20261122T031500Z-5f3a9c";
const EXPIRES = new Date("2026-11-29T03:15:00Z");
const PART = { url: "https://s3.example.net/members", sha256: "c".repeat(64) };
const INPUT: RestoreInput = {
  id: { host: "gandalf", number: 7, attempt: ATTEMPT },
  status: "complete",
  finished: new Date("2026-11-22T04:15:00Z"),
  compression: { name: "none", suffix: "" },
  encryption: null,
  chunks: [
    {
      name: `${ATTEMPT}.00000001`,
      url: "https://s3.example.net/chunk",
      storedLength: 10_240,
      tarLength: 10_240,
      sha256: "a".repeat(64),
    },
  ],
  members: [PART],
  expires: EXPIRES,
  created: new Date("2026-11-22T05:00:00Z"),
  tool: "backup-manager 1.0.0",
};

function headOf(changes: Partial<RestoreInput>): string {
  return restoreScript({ ...INPUT, ...changes });
}

describe("The head of a script says", () => {
  test("that its URLs expire earlier than was asked for", () => {
    const asked = new Date("2026-12-06T03:15:00Z");
    expect(headOf({ asked })).toContain(
      "2026-11-29 03:15:00 UTC, not until 2026-12-06 03:15:00 UTC as asked for",
    );
  });

  test.each([undefined, EXPIRES])("nothing of that where it is not so (asked: %s)", (asked) => {
    expect(headOf(asked === undefined ? {} : { asked })).toMatch(
      /^# {3}URLs work +until 2026-11-29 03:15:00 UTC$/m,
    );
  });

  test.each([
    [["etc/fstab"], "It is for 1 member of the backup"],
    [["etc/fstab", "home"], "It is for 2 members of the backup"],
  ])("that it is for some members alone: %j", (names, line) => {
    expect(headOf({ only: { names, chunks: new Set([0]) } })).toContain(line);
  });
});

describe("A member index is refused", () => {
  test.each<[string, Partial<RestoreInput>, RegExp]>([
    ["without a digest", { members: [{ ...PART, sha256: "" }] }, /part without a SHA-256/],
    ["that is missing", { members: [], only: only("etc") }, /member index is missing/],
    ["with a name of two lines", { only: only("a\nb") }, /no name with a line feed/],
  ])("%s", (_, changes, message) => {
    expect(() => headOf(changes)).toThrow(message);
  });
});

function only(name: string): NonNullable<RestoreInput["only"]> {
  return { names: [name], chunks: new Set([0]) };
}
