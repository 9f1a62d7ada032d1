import { describe, expect, test } from "vitest";
import { parseBackups } from "../../src/backuppc/parse-backups.ts";

/** The fields of a line up to the size, changed by position. */
function line(changes: Readonly<Record<number, string>> = {}): string {
  const fields = ["1", "incr", "1700086400", "1700086500", "3", "4096"];
  const changed = fields.map((field, at) => changes[at] ?? field);
  return [...changed, "0", "0", "3", "4096", "0", "0", "0", "0", "3", "a comment"].join("\t");
}

const RECORD = { type: "incr", started: new Date(1_700_086_400_000), files: 3, size: 4096 };

describe("parseBackups", () => {
  test("reads type, start, files and size of one backup", () => {
    const text = `${line({ 0: "0", 4: "20" })}\n${line()}\n${line({ 0: "10" })}\n`;
    expect(parseBackups(text, 1)).toEqual(RECORD);
    expect(parseBackups(text, 0)?.files).toBe(20);
    expect(parseBackups(text, 2)).toBeUndefined();
    expect(parseBackups(text.replaceAll("\n", "\r\n"), 1)).toEqual(RECORD);
  });

  test.each([
    ["a time that is no date", { 2: "99999999999999" }],
    ["a time that is no number", { 2: "yesterday" }],
    ["no number of files", { 4: "" }],
    ["a hexadecimal number of files", { 4: "0x10" }],
    ["a negative number of files", { 4: "-1" }],
    ["a number of files beyond all numbers", { 4: "9".repeat(400) }],
    ["no size", { 5: "" }],
    ["words before the size", { 5: "about 4096" }],
    ["words behind the size", { 5: "4096 bytes" }],
    ["a size beyond all numbers", { 5: "1e+99" }],
    ["another type", { 1: "fulls" }],
  ])("takes nothing from a line with %s", (_, changes) => {
    expect(parseBackups(line(changes), 1)).toBeUndefined();
  });

  test.each([
    ["1.5e+15", 1.5e15],
    ["4096.5", 4096.5],
    ["4096.125", 4096.125],
    ["0", 0],
  ])("reads a size as perl writes it: %s", (written, size) => {
    expect(parseBackups(line({ 5: written }), 1)?.size).toBe(size);
  });

  test("takes nothing from a line that was cut", () => {
    expect(parseBackups(line().slice(0, 20), 1)).toBeUndefined();
    expect(parseBackups("1", 1)).toBeUndefined();
    expect(parseBackups("", 1)).toBeUndefined();
  });
});
