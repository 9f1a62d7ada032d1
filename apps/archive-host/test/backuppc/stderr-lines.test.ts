import { describe, expect, test } from "vitest";
import { StderrLines } from "../../src/backuppc/stderr-lines.ts";

const DONE = "Done: 3 files, 10 bytes, 1 dirs, 0 specials, 2 errors";

/** What was printed, and what was handed on of it. */
function printed(...all: string[]): { readonly lines: StderrLines; readonly handedOn: string[] } {
  const handedOn: string[] = [];
  const lines = new StderrLines((line) => handedOn.push(line));
  for (const line of all) lines.add(line);
  return { lines, handedOn };
}

describe("StderrLines", () => {
  test("hands every line on as it is, and keeps the last", () => {
    const { lines, handedOn } = printed("one", "", " \t", "  two  ", "three ");
    expect(handedOn).toEqual(["one", "", " \t", "  two  ", "three "]);
    expect(lines.last).toBe("three");
  });

  test("joins a line with those that go on from it, and with nothing before the first", () => {
    expect(printed("fail: no", "  (use -m)", "\tor not ").lines.last).toBe(
      "fail: no (use -m) or not",
    );
    expect(printed("  first").lines.last).toBe("first");
    expect(printed("last", "", "   ").lines.last).toBe("last");
  });

  test("keeps 2,000 characters, however much is printed", () => {
    expect(printed("x".repeat(5000)).lines.last).toBe("x".repeat(2000));
    expect(printed("x", ...Array<string>(3000).fill(" y")).lines.last).toHaveLength(2000);
  });

  test("finds files and errors in the last closing line, whatever follows", () => {
    const forged = DONE.replace("2 errors", "0 errors");
    expect(
      printed(forged, "Unable to open x", DONE, "", "during global destruction.").lines.summary(),
    ).toEqual({
      files: 3,
      errors: 2,
    });
    expect(printed("Done: 1 file, 1 byte, 1 dir, 1 special, 1 error").lines.summary()).toEqual({
      files: 1,
      errors: 1,
    });
    const large = "Done: 345 files, 67890 bytes, 123 dirs, 45 specials, 67 errors";
    expect(printed(large).lines.summary()).toEqual({ files: 345, errors: 67 });
    const huge = large.replace("67890", "1.5e+15");
    expect(printed(huge).lines.summary()).toEqual({ files: 345, errors: 67 });
  });

  test.each([
    "",
    "done",
    ` ${DONE}`,
    `was ${DONE}`,
    DONE.replace(", 2 errors", ""),
    DONE.replace("3", "x"),
  ])("finds no closing line in %j", (line) => {
    expect(() => printed(line).lines.summary()).toThrow(
      expect.objectContaining({
        code: "tar-create-incomplete",
        hint: expect.stringContaining("log"),
      }),
    );
  });
});
