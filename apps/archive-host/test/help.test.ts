import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { askedText } from "../src/help.ts";
import { ARGUMENTS, NAMES } from "../src/usage.ts";

const BUNDLE = fileURLToPath(new URL("../dist/archive-host.mjs", import.meta.url));

describe("askedText", () => {
  test("has every argument in its order, an example and what the exit status means", async () => {
    const text = (await askedText(["--help"])) ?? "";
    expect(text.replaceAll("\n", " ")).toMatch(
      /^archive-host tarCreatePath splitPath .* parFile share .*Arguments:.*Examples:.*Exit status: 0 archived/,
    );
    const rows = [...text.matchAll(/^ {2}(\w+) {2,}\S/gm)].map(([, name]) => name);
    expect(rows).toEqual(NAMES);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(await askedText(["-h"])).toBe(text);
  });

  test("has a number for --version", async () => {
    expect(await askedText(["--version"])).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("is undefined for all else, even where an argument is called --help", async () => {
    const eleven = ARGUMENTS.map(() => "--help");
    for (const args of [[], [""], ["--hlp"], ["help"], ["--help", "--help"], eleven])
      expect(await askedText(args)).toBeUndefined();
  });
});

test("the README's table has the arguments of the help", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const [, table = ""] = readme.split("| #");
  const rows = [
    ...table
      .split("\n\n", 1)
      .join()
      .matchAll(/^\| (\d+) +\| (\w+) +\|/gm),
  ].map(([, at, name]) => [at, name]);
  expect(rows).toEqual(NAMES.map((name, at) => [String(at + 1), name]));
});

test("the program prints its help and ends well", async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [BUNDLE, "--help"]);
  expect({ stdout, stderr }).toEqual({ stdout: await askedText(["--help"]), stderr: "" });
});
