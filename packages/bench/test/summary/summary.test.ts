import { expect, test } from "vitest";
import type { Records } from "../../src/report/record.ts";
import { summary } from "../../src/summary/summary.ts";
import type { Target } from "../../src/summary/targets.ts";

const figures = { slow: 1.9, fast: 2.5, gap: 251, requests: 45, busy: 0.97 };
const records: Records = { here: { measured: "2026-11-26", machine: "2 x CPU", figures } };
const target = { what: "it", section: "here", unit: "times" } as const;

function row(changes: Partial<Target> & Pick<Target, "figures">): string {
  const line = summary(records, [{ ...target, ...changes }]).split("\n")[2] ?? "";
  return line.replaceAll(/ +/g, " ");
}

test("a target of several figures goes by the one that is furthest from it", () => {
  expect(row({ figures: ["slow", "fast"], atLeast: 2 })).toBe("| it | >= 2.00 x | 1.90 x | no |");
  expect(row({ figures: ["slow", "fast"], atMost: 2 })).toBe("| it | <= 2.00 x | 2.50 x | no |");
});

test("what is just reached counts as met", () => {
  expect(row({ figures: ["requests"], atMost: 45, unit: "requests" })).toBe(
    "| it | <= 45 | 45 | yes |",
  );
  expect(row({ figures: ["busy"], atLeast: 0.97, unit: "part" })).toBe(
    "| it | >= 97 % | 97 % | yes |",
  );
});

test("what is just missed does not", () => {
  expect(row({ figures: ["gap"], atMost: 250, unit: "ms" })).toBe(
    "| it | <= 250 ms | 251 ms | no |",
  );
});

test("a target is not met by the part of its figures that was measured", () => {
  expect(row({ figures: ["fast", "missing"], atLeast: 2 })).toBe(
    "| it | >= 2.00 x | not measured | |",
  );
  expect(row({ figures: ["fast"], section: "elsewhere", atLeast: 2 })).toContain("not measured");
});

test("tells once when and on what machine it was measured", () => {
  const twice = [target, target].map((one) => ({ ...one, figures: ["fast"], atLeast: 2 }));
  expect(summary(records, twice).match(/Measured 2026-11-26, 2 x CPU\./g)).toHaveLength(1);
});
