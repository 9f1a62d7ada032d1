import { describe, expect, test } from "vitest";
import type { DrilledArchive } from "../../src/drill/drill-archive.ts";
import { verdictOf } from "../../src/drill/drill-verdict.ts";

const SECONDS = { seconds: 1 };
const CHUNK = "20261122T031500Z-5f3a9c.00000001.gz.gpg";

function drilled(isWell: boolean, lines: readonly string[], differences: string[]): DrilledArchive {
  const script = { isWell, lines, ...SECONDS };
  return { script, members: 1, bytes: 1, differences, secondsForAll: 1, sabotaged: undefined };
}

describe("A drill", () => {
  test("proves an archive of which nothing differs", () => {
    expect(verdictOf(drilled(true, [], []), false)).toEqual({
      result: "proven",
      reason: undefined,
    });
  });

  test.each([
    [["a differs"], "a differs. "],
    [["a differs", "b"], "a differs, and 1 more difference. "],
    [["a differs", "b", "c"], "a differs, and 2 more differences. "],
  ])("shows damage by the first difference, and counts the others: %j", (differences, said) => {
    const { result, reason } = verdictOf(drilled(true, [], differences), false);
    expect(result).toBe("damaged");
    expect(reason).toContain(`is not what was archived: ${said}`);
  });

  test.each([
    ["restore.sh: x: The chunk is damaged or was replaced.", "damaged"],
    ["restore.sh: tar was not found: it is needed, to unpack.", "failed"],
    ["", "failed"],
  ])("that the script ends with %j is %s", (line, result) => {
    const verdict = verdictOf(drilled(false, ["Fetching", line], []), false);
    expect(verdict.result).toBe(result);
    expect(verdict.reason).not.toContain("restore.sh: ");
  });
});

describe("Sabotage", () => {
  const sabotaged = (isWell: boolean, line: string): DrilledArchive => ({
    ...drilled(isWell, [line], []),
    sabotaged: CHUNK,
  });

  test("is noticed if the script refuses that very chunk", () => {
    const line = `restore.sh: ${CHUNK}: the store returns other bytes than were archived`;
    expect(verdictOf(sabotaged(false, line), true).result).toBe("sabotage noticed");
  });

  test("is missed if the script restores all the same", () => {
    expect(verdictOf(sabotaged(true, ""), true).result).toBe("sabotage missed");
  });

  test.each([
    sabotaged(false, "restore.sh: gpg was not found"),
    drilled(false, ["restore.sh: curl: (7) Failed to connect"], []),
  ])("is not shown by a script that fails for another reason (%#)", (other) => {
    expect(verdictOf(other, true).result).toBe("failed");
  });
});
