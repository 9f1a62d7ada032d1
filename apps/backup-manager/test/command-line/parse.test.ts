import { describe, expect, test } from "vitest";
import { parseCommandLine } from "../../src/command-line/parse.ts";

const SCRIPT = {
  command: "script",
  host: "gandalf",
  number: undefined,
  expire: 604_800,
  filename: undefined,
  config: undefined,
  unfinalized: false,
  probe: true,
  test: false,
  list: false,
};

describe("the predecessor's spellings", () => {
  test.each([
    "--expire=604800 --host=gandalf script",
    "script --host gandalf --expire 604800",
    "-x 604800 script -H gandalf",
    "-Hgandalf -x604800 script",
  ])("%s", async (line) => {
    expect(await parseCommandLine(line.split(" "))).toEqual(SCRIPT);
  });

  test("-u, -t, -l, -b and -f", async () => {
    const line = "-u -t -l -b 0 -f out.sh -H 0123 script";
    expect(await parseCommandLine(line.split(" "))).toEqual({
      ...SCRIPT,
      host: "0123",
      number: 0,
      expire: 86_400,
      filename: "out.sh",
      unfinalized: true,
      test: true,
      list: true,
    });
  });
});

test("nothing at all is list", async () => {
  const list = {
    command: "list",
    host: undefined,
    number: undefined,
    config: undefined,
    unfinalized: false,
    json: false,
  };
  expect(await parseCommandLine([])).toEqual(list);
  expect(await parseCommandLine(["--list"])).toEqual(list);
  expect(await parseCommandLine(["--json", "list"])).toEqual({ ...list, json: true });
});

test.each(["--help", "script -h"])("%s tells commands and options", async (line) => {
  expect(await parseCommandLine(line.split(" "))).toEqual({
    text: expect.stringMatching(/backup-manager script[\s\S]*--backup-number/),
  });
});

test("--version is a number", async () => {
  expect(await parseCommandLine(["--version"])).toEqual({
    text: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

describe("wrong usage", () => {
  test.each([
    ["frobnicate", "frobnicate"],
    ["list --frobnicate", "frobnicate"],
    ["list script", "script"],
    ["list list", "list"],
    ["script", "script needs --host"],
    ["script --host", "host"],
    ["script --host=", "--host needs a value"],
    ["script -H a -H b", "--host is given twice"],
    ["-b 7", "--backup-number needs --host"],
    ["-H a -b seven", "--backup-number needs a whole number"],
    ["-H a -b -7", "--backup-number"],
    ["-H a script -x 0", "--expire needs a whole number from 1 up"],
    ["-H a script -x 1e5", "--expire needs a whole number from 1 up"],
    ["list -f out.sh", "--filename goes with script only"],
    ["-H a script --json", "--json goes with list only"],
    ["-H a script --list", "--list with script needs --filename"],
  ])("%s is refused: %s", async (line, message) => {
    const parsing = parseCommandLine(line.split(" "));
    await expect(parsing).rejects.toMatchObject({ code: "usage" });
    await expect(parsing).rejects.toThrow(message);
  });
});
