import { beforeAll, describe, expect, test } from "vitest";
import { helpText } from "../../src/command-line/help.ts";
import { type ShellSite, shellSite, threeArchives } from "./shell-site.ts";

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
  await threeArchives(site);
});

describe("failures are one line on stderr and an exit status", () => {
  test.each([
    ["backup-manager frobnicate", 2, "unknown command: frobnicate."],
    ["backup-manager delte", 2, "unknown command: delte. Did you mean delete?"],
    ["backup-manager help delte", 2, "unknown command: delte. Did you mean delete?"],
    ["backup-manager --frobnicate", 2, "unknown option --frobnicate."],
    ["backup-manager list --overdu 3", 2, "unknown option --overdu. Did you mean --overdue?"],
    ["backup-manager script", 2, "script needs --host, or --all."],
    ["backup-manager --config none.toml", 2, "The configuration none.toml can't be read: ENOENT"],
    ["backup-manager -H nobody", 10, "there is no archive of host nobody in s3://offsite/site-a/."],
    ["backup-manager -H gandalf -b 9", 10, "there is no archive of gandalf's backup 9."],
    ["backup-manager -H nobody script", 10, "there is no archive of host nobody"],
    ["backup-manager -H gandalf -b 124 script", 10, "there is no complete archive of gandalf with"],
    ["backup-manager -H gandalf -b 124 -u script", 10, "there is no archive of gandalf with"],
    [
      "backup-manager --config nowhere.toml",
      1,
      "listing site-a/archives/ failed: 404 NoSuchBucket",
    ],
    ["backup-manager --config stranger.toml", 1, "listing site-a/archives/ failed: 403"],
    ["backup-manager script -H gandalf -f none/x.sh", 1, "none/x.sh can't be written: ENOENT"],
    ["backup-manager > /dev/full", 1, "the output can't be written: ENOSPC"],
  ])("%s", async (line, status, message) => {
    const ended = await site.shell(line);
    expect(ended.stdout).toBe("");
    expect(ended.stderr).toMatch(/^backup-manager: [^\n]*\n$/);
    expect(ended.stderr).toContain(message);
    expect(ended.status).toBe(status);
  });
});

test("--help is printed and ends well", async () => {
  const { stdout, stderr, status } = await site.shell("backup-manager --help");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  // The bundle has stand-ins for two packages of yargs.
  expect(stdout).toBe(await helpText(undefined));
  expect(await site.shell("backup-manager help")).toEqual({ stdout, stderr, status });
});

test("a command's help is the same by help, by --help before it and by --help after it", async () => {
  const [first, ...others] = await Promise.all(
    ["help delete", "--help delete", "delete -h"].map(
      async (line) => await site.shell(`backup-manager ${line}`),
    ),
  );
  expect(first).toMatchObject({ stderr: "", status: 0 });
  expect(first?.stdout).toBe(await helpText("delete"));
  for (const other of others) expect(other).toEqual(first);
});
