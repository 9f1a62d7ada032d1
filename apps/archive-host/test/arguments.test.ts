import { describe, expect, test } from "vitest";
import { parseArguments } from "../src/arguments.ts";

const FROM_COMMAND_LINE = [
  "/usr/share/backuppc/bin/BackupPC_tarCreate",
  "/usr/bin/split",
  "",
  "gandalf",
  "1",
  "/bin/cat",
  "",
  "0000000",
  "/var/lib/backuppc/archives3",
  "0",
  "*",
];

function withArgument(position: number, value: string): string[] {
  return FROM_COMMAND_LINE.with(position - 1, value);
}

describe("parseArguments", () => {
  test("reads the eleven arguments of BackupPC's command line", () => {
    expect(parseArguments(FROM_COMMAND_LINE)).toEqual({
      tarCreatePath: "/usr/share/backuppc/bin/BackupPC_tarCreate",
      host: "gandalf",
      number: 1,
      compressionPath: "/bin/cat",
      compressionSuffix: "",
      splitSize: undefined,
      workingDirectory: "/var/lib/backuppc/archives3",
      share: "*",
    });
  });

  test("takes the split size as decimal, whatever zeros stand before it", () => {
    expect(parseArguments(withArgument(8, "500000000")).splitSize).toBe(500_000_000);
    expect(parseArguments(withArgument(8, "0500000000")).splitSize).toBe(500_000_000);
    expect(parseArguments(withArgument(8, "0")).splitSize).toBeUndefined();
  });

  test("takes the extension with or without its dot", () => {
    expect(parseArguments(withArgument(7, ".gz")).compressionSuffix).toBe(".gz");
    expect(parseArguments(withArgument(7, "gz")).compressionSuffix).toBe(".gz");
  });

  test.each([
    [[], "11 arguments are needed, not 0."],
    [FROM_COMMAND_LINE.slice(1), "11 arguments are needed, not 10."],
    [[...FROM_COMMAND_LINE, "x"], "11 arguments are needed, not 12."],
    [withArgument(1, ""), 'tarCreatePath is empty: "".'],
    [withArgument(4, "--help"), 'host starts with a dash: "--help".'],
    [withArgument(5, "-1"), 'bkupNum is not a decimal number: "-1".'],
    [withArgument(5, "100000000"), 'bkupNum is too large: "100000000".'],
    [withArgument(7, "/../x"), 'fileExt is not a file extension: "/../x".'],
    [withArgument(8, "64MiB"), 'splitSize is not a decimal number: "64MiB".'],
    [withArgument(8, "999999"), 'splitSize is less than 1 MB: "999999".'],
    [withArgument(9, ""), 'outLoc is empty: "".'],
  ])("refuses %j", (args, message) => {
    expect(() => parseArguments(args)).toThrow(
      expect.objectContaining({ code: "usage", message, hint: expect.stringMatching(/^Usage: /) }),
    );
  });

  test.each([".hidden", "x".repeat(201)])(
    "refuses the host %j, which no script could restore",
    (host) => {
      expect(() => parseArguments(withArgument(4, host))).toThrow(
        expect.objectContaining({
          code: "usage",
          message: expect.stringContaining("can't be archived"),
        }),
      );
    },
  );
});
