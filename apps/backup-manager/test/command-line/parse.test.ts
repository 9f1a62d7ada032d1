import { describe, expect, test } from "vitest";
import { parseCommandLine } from "../../src/command-line/parse.ts";

const COMMON = { config: undefined, json: false, quiet: false, test: false, list: false };

const SCRIPT = {
  ...COMMON,
  command: "script",
  target: { host: "gandalf", number: undefined, attempt: undefined, filename: undefined },
  expire: 604_800,
  incomplete: false,
  acceptUnverified: false,
  probe: true,
};

const LIST = {
  ...COMMON,
  command: "list",
  host: undefined,
  number: undefined,
  overdue: undefined,
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
      target: { host: "0123", number: 0, attempt: undefined, filename: "out.sh" },
      expire: 86_400,
      incomplete: true,
      test: true,
      list: true,
    });
  });

  test("--unfinalized, which is --incomplete now", async () => {
    for (const spelling of ["--unfinalized", "--incomplete", "-u"])
      expect(await parseCommandLine(["script", "-Ha", spelling])).toMatchObject({
        incomplete: true,
      });
  });

  test("flags in one word, as -tlu", async () => {
    expect(await parseCommandLine("-tlu -Hgandalf -fx script".split(" "))).toMatchObject({
      test: true,
      list: true,
      incomplete: true,
    });
  });
});

test("nothing at all is list", async () => {
  expect(await parseCommandLine([])).toEqual(LIST);
  expect(await parseCommandLine(["--list"])).toEqual({ ...LIST, list: true });
  expect(await parseCommandLine(["--json", "list"])).toEqual({ ...LIST, json: true });
});

describe("each command knows its own", () => {
  test.each([
    ["list --overdue 1.5 -q", { command: "list", overdue: 1.5, quiet: true }],
    ["-H a show -b 7", { command: "show", host: "a", number: 7, attempt: undefined }],
    ["show -H a -b 7 --attempt x", { attempt: "x" }],
    ["script --all --directory d", { command: "script", target: { directory: "d" } }],
    [
      "--age=30 delete",
      {
        command: "delete",
        selection: { policy: { age: 30 }, host: undefined },
        start: undefined,
        purgeVersions: false,
      },
    ],
    [
      "delete -a 30 -k 2 -s --keep-daily 7 --keep-weekly 4 --keep-monthly 12 --keep-yearly 3 --time-zone Europe/Berlin",
      {
        selection: {
          policy: {
            age: 30,
            keep: 2,
            daily: 7,
            weekly: 4,
            monthly: 12,
            yearly: 3,
            timeZone: "Europe/Berlin",
          },
        },
        start: { keep: 2, archiveHost: undefined },
      },
    ],
    ["delete -H a -b 3", { selection: { host: "a", number: 3, attempt: undefined } }],
    ["verify", { command: "verify", data: undefined }],
    ["verify --data -H a", { data: 100, host: "a" }],
    ["verify --data 5 -H a", { data: 5, host: "a" }],
    ["verify --data=5%", { data: 5 }],
    ["script -H a --accept-unverified", { acceptUnverified: true }],
    ["gc --purge-versions", { command: "gc", host: undefined, purgeVersions: true }],
    ["rekey a b", { command: "rekey", hosts: ["a", "b"], newPassphraseFile: undefined }],
    ["rekey all --new-passphrase-file n", { hosts: undefined, newPassphraseFile: "n" }],
    ["rekey a --old-passphrase-file o", { oldPassphraseFile: "o" }],
    ["start a b --archive-host c", { command: "start", hosts: ["a", "b"], archiveHost: "c" }],
    ["start -- -odd", { hosts: ["-odd"] }],
    ["doctor", { command: "doctor" }],
    ["policy signer", { command: "policy", role: "signer" }],
  ])("%s", async (line, invocation) => {
    expect(await parseCommandLine(line.split(" "))).toMatchObject(invocation);
  });
});

test("--help tells commands and options, and a command's only its own", async () => {
  expect(await parseCommandLine(["--help"])).toEqual({
    text: expect.stringMatching(/Commands:[\s\S]* script [\s\S]*--overdue/),
  });
  const own = await parseCommandLine(["-h", "script"]);
  expect(own).toEqual({ text: expect.stringMatching(/^backup-manager script[\s\S]*--expire/) });
  expect(own).toEqual({ text: expect.not.stringMatching("--overdue") });
});

test("--version is a number", async () => {
  expect(await parseCommandLine(["--version"])).toEqual({
    text: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

describe("wrong usage", () => {
  test.each([
    ["frobnicate", "unknown command: frobnicate"],
    ["list --frobnicate", "unknown option '--frobnicate'"],
    ["list script", "one command at a time: list, script"],
    ["list frobnicate", "unknown argument: frobnicate"],
    ["list list", "one command at a time: list, list"],
    ["script", "script needs --host, or --all"],
    ["script --host", "option '-H, --host <value>' argument missing"],
    ["list --json=yes", "option '--json' does not take an argument"],
    ["script --host=", "--host needs a value"],
    ["script -H a -H b", "--host is given twice"],
    ["-b 7", "--backup-number needs --host"],
    ["-H a -b seven", "--backup-number needs a whole number"],
    ["-H a -b -7", "option '-b' argument is ambiguous"],
    ["-H a script -x 0", "--expire needs a whole number from 1 up"],
    ["-H a script -x 1e5", "--expire needs a whole number from 1 up"],
    ["-H a script -x 999999999999999", "--expire needs ten digits at most"],
    ["list -f out.sh", "--filename goes with script only"],
    ["doctor -H a", "--host goes with list, show, script, delete, verify, and gc only"],
    ["-H a script --json", "--json with script needs --filename or --all"],
    ["-H a script --list", "--list with script needs --filename or --all"],
    ["script -H a -f x --list --json", "--list goes without --json"],
    ["script --all", "--all needs --directory"],
    ["script --directory d -H a", "--directory needs --all"],
    ["script --all --directory d -H a", "--all goes without --host and --filename"],
    ["-H a --attempt x", "--attempt goes with show, script, delete, and verify only"],
    ["-H a --attempt x script", "--attempt needs --backup-number"],
    ["show -H a", "show needs --host and --backup-number"],
    ["list --overdue soon", "--overdue needs a number of days"],
    ["delete", "delete needs --age"],
    ["delete -k 3", "delete needs --age"],
    ["delete -H a", "delete needs --age"],
    ["delete -H a -b 3 -a 30", "--backup-number goes without --age and --keep"],
    ["delete -s --keep-daily 3", "--start-backups needs --age"],
    ["delete -a 3 --archive-host c", "--archive-host goes with delete --start-backups"],
    ["delete -a yesterday", "--age needs a number of days"],
    ["verify --data 0", "--data needs a percentage from 1 to 100"],
    ["verify --data 101", "--data needs a percentage from 1 to 100"],
    ["gc -a 3", "--age goes with delete only"],
    ["rekey", "rekey needs a host, or all"],
    ["list --new-passphrase-file x", "--new-passphrase-file goes with rekey only"],
    ["start", "start needs a host"],
    ["policy", "policy needs one of uploader, manager, signer"],
    ["policy king", "policy needs one of uploader, manager, signer"],
    ["policy signer manager", "unknown argument: manager"],
  ])("%s is refused: %s", async (line, message) => {
    const parsing = parseCommandLine(line.split(" "));
    await expect(parsing).rejects.toMatchObject({ code: "usage" });
    await expect(parsing).rejects.toThrow(message);
  });
});
