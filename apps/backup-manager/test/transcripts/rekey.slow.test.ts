import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { rekeyJsonSchema } from "../../src/rekey/rekey-json.ts";
import { attemptOf } from "../store-archive.ts";
import { tarSlices } from "../tar-slices.ts";
import { openVault } from "../vault.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

let site: ShellSite;
beforeEach(async () => {
  site = await shellSite();
  for (const [host, number] of [
    ["gandalf", 1],
    ["gandalf", 2],
    ["witte", 7],
  ] as const) {
    const id = { host, number, attempt: attemptOf(9 - number) };
    await site.archive(id, { slices: tarSlices(), gzip: true });
  }
  await site.shell(
    'echo another > new; chmod 600 new; sed s/passphrase\\"/new\\"/ offsite.toml > new.toml',
  );
  await site.shell("chmod 600 new.toml");
});

const REKEY = "backup-manager rekey --new-passphrase-file new";

test("gives all archives of a host the new passphrase, and removes the old key", async () => {
  expect(await site.shell(`${REKEY} gandalf`)).toMatchInlineSnapshot(`
    {
      "status": 0,
      "stderr": "",
      "stdout": "Hostname  Changed  Had it  Without  Failed
    gandalf         2       0        0       0
    2 archives got the new passphrase
    Now put it into the configuration of archive-host and backup-manager. The next archive of each host then
    uploads everything once. Archives that were made in between still have the old one: run the command again.
    Write new restore scripts: old ones ask for the old passphrase.
    ",
    }
  `);
  expect(await keys()).toEqual(["gandalf/1 KEY.2.gpg", "gandalf/2 KEY.2.gpg", "witte/7 KEY.1.gpg"]);
  const verified = "backup-manager verify --data -q -H gandalf";
  expect((await site.shell(`${verified} --config new.toml`)).status).toBe(0);
  expect((await site.shell(verified)).status).toBe(1);
});

test("run again, it finds nothing to do", async () => {
  await site.shell(`${REKEY} all`);
  const { stdout, status } = await site.shell(`${REKEY} all --json`);
  expect(status).toBe(0);
  expect(rekeyJsonSchema.parse(JSON.parse(stdout)).hosts).toMatchObject([
    { host: "gandalf", changed: 0, unchanged: 2, failures: [] },
    { host: "witte", changed: 0, unchanged: 1 },
  ]);
});

test("--test changes nothing", async () => {
  const { stdout } = await site.shell(`${REKEY} all --test`);
  expect(stdout).toContain("3 archives would get the new passphrase");
  expect(await keys()).not.toContainEqual(expect.stringContaining("KEY.2"));
});

describe("an archive with another passphrase", () => {
  beforeEach(async () => {
    const id = { host: "gandalf", number: 3, attempt: attemptOf(1) };
    await site.archive(id, {}, await openVault("third"));
  });

  test("is reported, and the old keys of its host stay", async () => {
    const { stderr, status } = await site.shell(`${REKEY} gandalf`);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^backup-manager: gandalf 3, attempt \S+: neither the old nor the new passphrase opens its data key\. .*\nbackup-manager: gandalf: the old keys stay\. Run the command again\.\n$/,
    );
    expect(await keys()).toEqual([
      "gandalf/1 KEY.1.gpg",
      "gandalf/1 KEY.2.gpg",
      "gandalf/2 KEY.1.gpg",
      "gandalf/2 KEY.2.gpg",
      "gandalf/3 KEY.1.gpg",
      "witte/7 KEY.1.gpg",
    ]);
  });

  test("gets the new one when that passphrase is given, and the others go on from there", async () => {
    await site.shell(`${REKEY} gandalf`);
    await site.shell("echo third > third; chmod 600 third");
    const { status } = await site.shell(`${REKEY} gandalf --old-passphrase-file third`);
    expect(status).toBe(0);
    expect((await keys()).slice(0, 3)).toEqual([
      "gandalf/1 KEY.2.gpg",
      "gandalf/2 KEY.2.gpg",
      "gandalf/3 KEY.2.gpg",
    ]);
  });
});

test("without a terminal the new passphrase must be in a file", async () => {
  const { stderr, status } = await site.shell("setsid backup-manager rekey all < /dev/null");
  expect(stderr).toBe(
    "backup-manager: there is no terminal to ask for the new passphrase. Give --new-passphrase-file FILE.\n",
  );
  expect(status).toBe(2);
});

test.each([
  ["Ctrl-C", "\u0003"],
  ["Ctrl-D", "\u0004"],
])("%s at the question for the passphrase ends it, and changes nothing", async (_, typed) => {
  expect(await atTerminal("backup-manager rekey all", ["New passphrase: ", typed])).toEqual({
    text: "New passphrase: \nbackup-manager: Interrupted: no passphrase was changed. Run the command again.\n",
    status: 130,
  });
  expect(await keys()).not.toContainEqual(expect.stringContaining("KEY.2"));
});

test("at the terminal the new passphrase is asked for twice, and not shown", async () => {
  const { text, status } = await atTerminal(
    "backup-manager rekey witte",
    ["New passphrase: ", "another\r"],
    ["The same again: ", "another\r"],
  );
  expect(text).toMatch(
    /^New passphrase: \nThe same again: \n[\s\S]*1 archive got the new passphrase/,
  );
  expect(status).toBe(0);
  expect(await keys()).toContain("witte/7 KEY.2.gpg");
});

test("a host without archives is said to have none", async () => {
  const { stderr, status } = await site.shell(`${REKEY} nobody`);
  expect(stderr).toContain("there is no archive of host nobody");
  expect(status).toBe(10);
});

/** Runs a line at a terminal, where each answer is typed once its question is shown. */
async function atTerminal(
  line: string,
  ...answers: [question: string, answer: string][]
): Promise<{ readonly text: string; readonly status: number | null }> {
  const env = {
    PATH: [join(site.folder, "bin"), dirname(process.execPath), process.env["PATH"]].join(":"),
    BACKUPPC_ARCHIVE_S3_CONFIG: join(site.folder, "offsite.toml"),
  };
  const child = spawn("script", ["-qec", line, "/dev/null"], { cwd: site.folder, env });
  const ended = once(child, "close");
  let text = "";
  let from = 0;
  for await (const piece of child.stdout) {
    text += String(piece);
    const [next] = answers;
    if (next === undefined || !text.includes(next[0], from)) continue;
    from = text.length;
    answers.shift();
    child.stdin.write(next[1]);
  }
  await ended;
  return { text: text.replaceAll("\r\n", "\n"), status: child.exitCode };
}

/** The data keys that are in the store. */
async function keys(): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of site.store.list("archives/")) {
    const [, host, number, , name = ""] = key.split("/");
    if (name.startsWith("KEY.")) found.push(`${host}/${number} ${name}`);
  }
  return found.toSorted();
}
