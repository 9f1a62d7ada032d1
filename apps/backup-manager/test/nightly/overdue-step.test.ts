import { describe, expect, test } from "vitest";
import { troublesOf } from "../../src/nightly/overdue-step.ts";
import { summaryOf } from "../summary-of.ts";

const FOUND = [summaryOf(12, "complete", "late"), summaryOf(2, "incomplete", "late")];
const MISSING = { overdue: [], never: [], vanished: [], all: false };

describe("A host that is overdue", () => {
  test("has BackupPC's last error as the reason, and the attempt that failed", () => {
    const errors = new Map([["late", "no room"]]);
    const [trouble] = troublesOf({ ...MISSING, overdue: ["late"] }, 8, FOUND, errors);
    expect(trouble).toEqual({
      kind: "overdue",
      host: "late",
      attempt: FOUND[1]?.id.attempt,
      since: FOUND[0]?.finished,
      why: "no room",
    });
  });

  test("has what is known where BackupPC has no error of it", () => {
    const [trouble] = troublesOf({ ...MISSING, overdue: ["late"] }, 8, FOUND, new Map());
    expect(trouble?.why).toBe("no complete archive for 8 days");
  });
});

test("Who was never archived, and whose archives vanished, are different troubles", () => {
  const missing = { ...MISSING, overdue: ["new", "void"], never: ["new"], vanished: ["void"] };
  const troubles = troublesOf(missing, 8, FOUND, new Map());
  expect(troubles.map(({ kind, host, since }) => [kind, host, since])).toEqual([
    ["never", "new", undefined],
    ["vanished", "void", undefined],
  ]);
});

test("An empty store is one trouble, of no host", () => {
  const [trouble, ...others] = troublesOf({ ...MISSING, all: true }, 8, [], new Map());
  expect([trouble?.kind, trouble?.host, others]).toEqual(["empty", undefined, []]);
});
