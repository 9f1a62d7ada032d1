import { expect, test } from "vitest";
import { checkTroubles } from "../../src/nightly/check-troubles.ts";
import { nextCommand } from "../../src/nightly/trouble.ts";

type Checked = Parameters<typeof checkTroubles>[0][number];

function checked(
  host: string,
  number: number,
  result: Checked["result"],
  ...messages: string[]
): Checked {
  return {
    host,
    number,
    attempt: `2026112${number}T031500Z-5f3a9c`,
    status: "complete",
    started: `2026-11-2${number}T03:15:00Z`,
    finished: `2026-11-2${number}T03:20:00Z`,
    chunks: 2,
    storedBytes: 2,
    newChunks: 1,
    newBytes: 1,
    ambiguous: false,
    legacy: false,
    result,
    downloaded: null,
    findings: messages.map((message) => ({ kind: "missing" as const, key: null, message })),
    error: result === "unchecked" ? "no line" : null,
  };
}

test("A host is one trouble of a kind, with its newest archive and how many others", () => {
  const troubles = checkTroubles([
    checked("a", 1, "damaged", "x is missing"),
    checked("a", 2, "damaged", "x is missing", "y is missing", "x is missing"),
    checked("a", 3, "unchecked"),
    checked("b", 1, "intact"),
  ]);
  expect(troubles).toEqual([
    {
      kind: "damaged",
      host: "a",
      attempt: "20261122T031500Z-5f3a9c",
      since: new Date("2026-11-22T03:15:00Z"),
      why: "backup 2: x is missing and 1 more (and 1 older archive)",
    },
    expect.objectContaining({ kind: "unchecked", host: "a", why: "backup 3: no line" }),
  ]);
});

test("An older archive that is damaged is to be deleted: to archive the host again would bring nothing back", () => {
  const archives = [checked("a", 1, "damaged", "x is missing"), checked("a", 2, "intact")];
  const [trouble, ...others] = checkTroubles(archives);
  expect(others).toEqual([]);
  expect(trouble).toMatchObject({ kind: "damaged-older", number: 1 });
  expect(trouble && nextCommand(trouble)).toBe(
    "backup-manager delete -H a -b 1 --attempt 20261121T031500Z-5f3a9c",
  );
  const partial = checkTroubles(
    archives.map((archive) => ({
      ...archive,
      status: archive.number === 2 ? "partial" : "complete",
    })),
  );
  expect(partial).toMatchObject([{ kind: "damaged" }]);
});
