import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { positionOfSuffix, suffixOfPosition } from "../../src/legacy/split-suffix.ts";

test("Positions are those that split gives, past zz", () => {
  const folder = mkdtempSync(join(tmpdir(), "split-"));
  try {
    execFileSync("split", ["-b", "1", "-", "x."], { cwd: folder, input: Buffer.alloc(1400) });
    const suffixes = readdirSync(folder)
      .map((name) => name.slice(2))
      .toSorted();
    expect(suffixes.slice(648, 652)).toEqual(["yy", "yz", "zaaa", "zaab"]);
    expect(suffixes.map(positionOfSuffix)).toEqual(suffixes.map((_, position) => position));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ["aa", 0],
  ["yz", 649],
  ["zaaa", 650],
  ["zyzz", 17_549],
  ["zzaaaa", 17_550],
])("%s is at %i, and the other way round", (suffix, position) => {
  expect(positionOfSuffix(suffix)).toBe(position);
  expect(suffixOfPosition(position)).toBe(suffix);
});

test("an old split, which went on to zz and stopped, is understood", () => {
  expect([positionOfSuffix("za"), positionOfSuffix("zz")]).toEqual([650, 675]);
});

test("every position comes back from its suffix, and suffixes sort as positions do", () => {
  const anyPosition = fc.integer({ min: 0, max: 2 ** 45 });
  fc.assert(
    fc.property(anyPosition, anyPosition, (one, other) => {
      const [first, second] = [suffixOfPosition(one), suffixOfPosition(other)];
      expect(positionOfSuffix(first)).toBe(one);
      expect(Math.sign(one - other)).toBe(first < second ? -1 : first > second ? 1 : 0);
    }),
  );
});

test.each(["", "a", "aaa", "zaa", "zza", "zzaa", "aaaa", "AA", "a1", "zzz", "z".repeat(400)])(
  "%j is no suffix of split",
  (suffix) => expect(positionOfSuffix(suffix)).toBeUndefined(),
);
