import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { COMMANDS } from "../../src/command-line/commands.ts";
import { parseCommandLine } from "../../src/command-line/parse.ts";

/** What is asked for, and of which command. */
async function asked(line: string | readonly string[]): Promise<object> {
  const parsed = await parseCommandLine(typeof line === "string" ? line.split(" ") : line);
  return "text" in parsed ? parsed : { command: parsed.command, ...parsed.asked };
}

const COMMON = { config: undefined, json: false, quiet: false, test: false, list: false };

const SCRIPT = {
  ...COMMON,
  command: "script",
  target: { host: "gandalf", number: undefined, attempt: undefined, filename: undefined },
  expire: 604_800,
  incomplete: false,
  acceptUnverified: false,
  probe: true,
  members: [],
};

const LIST = {
  ...COMMON,
  command: "list",
  host: undefined,
  number: undefined,
  overdue: undefined,
  undrilled: undefined,
};

describe("the legacy program's spellings", () => {
  test.each([
    "--expire=604800 --host=gandalf script",
    "script --host gandalf --expire 604800",
    "-x 604800 script -H gandalf",
    "-Hgandalf -x604800 script",
  ])("%s", async (line) => {
    expect(await asked(line)).toEqual(SCRIPT);
  });

  test("-u, -t, -l, -b and -f", async () => {
    const line = "-u -t -l -b 0 -f out.sh -H 0123 script";
    expect(await asked(line)).toEqual({
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
      expect(await asked(["script", "-Ha", spelling])).toMatchObject({
        incomplete: true,
      });
  });

  test("flags in one word, as -tlu", async () => {
    expect(await asked("-tlu -Hgandalf -fx script")).toMatchObject({
      test: true,
      list: true,
      incomplete: true,
    });
  });
});

test("nothing at all is list", async () => {
  expect(await asked([])).toEqual(LIST);
  expect(await asked(["--list"])).toEqual({ ...LIST, list: true });
  expect(await asked(["--json", "list"])).toEqual({ ...LIST, json: true });
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
        selection: { policy: { ageDays: 30 }, host: undefined },
        start: undefined,
        purgeVersions: false,
      },
    ],
    [
      "delete -a 30 -k 2 -s --keep-daily 7 --keep-weekly 4 --keep-monthly 12 --keep-yearly 3 --time-zone Europe/Berlin",
      {
        selection: {
          policy: {
            ageDays: 30,
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
    ["script -H a --expire 7d", { expire: 604_800 }],
    ["script -H a -x12h", { expire: 43_200 }],
    ["delete --age 30d", { selection: { policy: { ageDays: 30 } } }],
    ["delete -a 4w", { selection: { policy: { ageDays: 28 } } }],
    ["delete -a36h", { selection: { policy: { ageDays: 1.5 } } }],
    ["list --overdue 8d", { overdue: 8 }],
    ["help delete", { command: "help", about: "delete" }],
    ["gc --purge-versions", { command: "gc", host: undefined, purgeVersions: true }],
    ["list --undrilled 12w", { undrilled: 84 }],
    ["kit --html sheet.html", { html: "sheet.html" }],
    [
      "drill",
      { target: { host: undefined, most: 1, within: undefined }, sample: 10, largest: 1e9 },
    ],
    ["drill --within 2h", { target: { host: undefined, most: Infinity, within: 7200 } }],
    ["drill --hosts 3 --largest 2.5GB --sample 0", { sample: 0, largest: 2.5e9 }],
    [
      "drill -H a -b 1 --full d",
      { full: resolve("d"), target: { host: "a", number: 1, attempt: undefined } },
    ],
    ["drill --sabotage", { sabotage: true, againstBackuppc: false }],
    ["rekey a b", { command: "rekey", hosts: ["a", "b"], newPassphraseFile: undefined }],
    ["rekey all --new-passphrase-file n", { hosts: undefined, newPassphraseFile: "n" }],
    ["rekey a --old-passphrase-file o", { oldPassphraseFile: "o" }],
    ["start a b --archive-host c", { command: "start", hosts: ["a", "b"], archiveHost: "c" }],
    ["start -- -odd", { hosts: ["-odd"] }],
    ["start a --force", { command: "start", hosts: ["a"], force: true }],
    ["run -H a", { command: "run", host: "a", archiveHost: undefined }],
    ["doctor", { command: "doctor" }],
    ["policy signer", { command: "policy", role: "signer" }],
  ])("%s", async (line, invocation) => {
    expect(await asked(line)).toMatchObject(invocation);
  });
});

describe("the help", () => {
  test("of the program has the commands, the options of all and examples", async () => {
    for (const line of ["--help", "-h", "--help --json"])
      expect(await asked(line)).toEqual({
        text: expect.stringMatching(
          /^backup-manager \[command\][\s\S]*Commands:[\s\S]* script [\s\S]*--config FILE[\s\S]*Examples:/,
        ),
      });
  });

  test.each(COMMANDS.map(({ name }) => name))(
    "of %s has its own options under headings, and an example",
    async (name) => {
      const { text } = z.object({ text: z.string() }).parse(await asked(`-h ${name}`));
      const options = COMMANDS.find((command) => command.name === name)?.options ?? {};
      expect(text).toMatch(new RegExp(`^backup-manager ${name}\\b`));
      expect(text).toMatch(/\nCommon options:\n[\s\S]*\nExamples:\n {2}# .+\n {2}backup-manager/);
      for (const option of COMMANDS.flatMap((command) => Object.keys(command.options)))
        expect(new RegExp(`--${option}\\b(?!-)`).test(text.split("Examples:")[0] ?? "")).toBe(
          Object.hasOwn(options, option) && options[option]?.hidden !== true,
        );
      for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    },
  );

  test("has each example, which the program understands", async () => {
    for (const [line] of COMMANDS.flatMap(({ examples }) => examples)) {
      const [words = ""] = line.split(" > ");
      expect(await asked(words.split(" ").slice(1))).toHaveProperty("command");
    }
  });
});

test("an option is written the same in all commands that know it", () => {
  const seen = new Map<string, unknown>();
  for (const { options } of COMMANDS)
    for (const [name, { alias, value, type }] of Object.entries(options)) {
      const written = { alias, value, type };
      expect(seen.get(name) ?? written).toEqual(written);
      seen.set(name, written);
    }
});

test("--version is a number", async () => {
  expect(await asked(["--version"])).toEqual({
    text: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

describe("wrong usage", () => {
  test.each([
    ["frobnicate", "unknown command: frobnicate"],
    ["list --frobnicate", "unknown option --frobnicate"],
    ["--frobnicate x", "unknown option --frobnicate"],
    ["-zH a", "unknown option -z"],
    ["list script", "one command at a time: list, script"],
    ["list frobnicate", "unknown argument: frobnicate"],
    ["list list", "one command at a time: list, list"],
    ["script", "script needs --host, or --all"],
    ["script --host", "--host needs a value"],
    ["list --json=yes", "--json takes no value"],
    ["script --host=", "--host needs a value"],
    ["script -H a -H b", "--host is given twice"],
    ["-b 7", "--backup-number needs --host"],
    ["-H a -b seven", "--backup-number needs a whole number"],
    ["-H a -b -7", "-b needs a value"],
    ["script -H --json", "-H needs a value"],
    ["-H a script -x 0", "--expire needs a whole number of seconds"],
    ["-H a script -x 1.5", "--expire needs a whole number of seconds, or a time such as 12h or 7d"],
    ["-H a script -x 7days", "--expire needs a whole number of seconds"],
    ["-H a script -x 1e5", "--expire needs a whole number of seconds"],
    ["-H a script -x 999999999999999", "--expire needs less than 10 digits of seconds"],
    ["list -f out.sh", "--filename goes with script only"],
    [
      "doctor -H a",
      "--host goes with list, show, ls, find, script, delete, verify, drill, gc, and run only",
    ],
    ["-H a script --json", "--json with script needs --filename or --all"],
    ["-H a script --list", "--list with script needs --filename or --all"],
    ["script -H a -f x --list --json", "--list goes without --json"],
    ["script --all", "--all needs --directory"],
    ["script -H a etc/fstab", "etc/fstab: paths need --members"],
    ["script -H a --members", "--members needs a PATH"],
    ["script --all --directory d --members etc", "--members goes without --all"],
    ["script --directory d -H a", "--directory needs --all"],
    ["script --all --directory d -H a", "--all goes without --host and --filename"],
    ["-H a --attempt x", "--attempt goes with show, ls, script, delete, verify, and drill only"],
    ["-H a --attempt x script", "--attempt needs --backup-number"],
    ["show -H a", "show needs --host and --backup-number"],
    ["list --overdue soon", "--overdue needs a number of days"],
    ["delete", "delete needs --age"],
    ["delete -k 3", "delete needs --age"],
    ["delete -H a", "delete needs --age"],
    ["delete -H a -b 3 -a 30", "--backup-number goes without --age and --keep"],
    ["delete -s --keep-daily 3", "--start-backups needs --age"],
    ["delete -a 3 --archive-host c", "--archive-host goes with delete --start-backups"],
    ["delete -a yesterday", "--age needs a number of days, or a time such as 36h, 30d or 4w"],
    ["delete -a 30x", "--age needs a number of days"],
    ["delete -a 1000000", "--age needs a number of days"],
    ["verify --data 0", "--data needs a percentage from 1 to 100"],
    ["verify --data 101", "--data needs a percentage from 1 to 100"],
    ["gc -a 3", "--age goes with delete, nightly, and report only"],
    ["drill --full d", "--full needs --host"],
    ["drill --hosts 0", "--hosts needs at least 1"],
    ["drill -H a --hosts 2", "--hosts and --within go without --host"],
    ["drill --sabotage --against-backuppc", "--sabotage goes without --full"],
    ["drill --largest 2XB", "--largest needs a size, such as 500MB or 2GB"],
    ["drill --largest 0", "--largest needs a size"],
    ["rekey", "rekey needs a host, or all"],
    ["list --new-passphrase-file x", "--new-passphrase-file goes with rekey only"],
    ["start", "start needs a host"],
    ["policy", "policy needs one of uploader, manager, signer"],
    ["policy king", "policy needs one of uploader, manager, signer"],
    ["policy signer manager", "unknown argument: manager"],
  ])("%s is refused: %s", async (line, message) => {
    const parsing = asked(line);
    await expect(parsing).rejects.toMatchObject({ code: "usage" });
    await expect(parsing).rejects.toThrow(message);
  });
});

describe("what was probably meant is named", () => {
  test.each([
    ["lst", "Did you mean list? See backup-manager --help."],
    ["delte -a 30", "Did you mean delete? See backup-manager --help."],
    ["scirpt", "Did you mean script? See backup-manager --help."],
    ["delete --agee 30", "Did you mean --age? See backup-manager delete --help."],
    ["script -H a --file x", "See backup-manager script --help."],
    ["script -H a --filname x", "Did you mean --filename? See backup-manager script --help."],
    ["--hst gandalf", "Did you mean --host? See backup-manager --help."],
    ["frobnicate", "See backup-manager --help."],
    ["show -H a", "See backup-manager show --help."],
  ])("%s: %s", async (line, hint) => {
    await expect(asked(line)).rejects.toMatchObject({ code: "usage", hint });
  });
});
