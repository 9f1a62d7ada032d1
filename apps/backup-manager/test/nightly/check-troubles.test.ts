import { expect, test } from "vitest";
import { checkTroubles } from "../../src/nightly/check-troubles.ts";

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
