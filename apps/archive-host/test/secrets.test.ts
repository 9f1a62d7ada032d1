// However it fails, nobody sees a secret: not in the log, syslog, the working
// directory, the store's keys and plain objects, nor in /proc of what it starts.
import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { S3Failure, writeTarCreate } from "@backuppc-archive-s3/test-rig";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSite, type Site, start } from "./site.ts";
import { untilAllHaveEnded } from "./until-all-have-ended.ts";

const SECRET = /s3cr3t/;
/** What a person may have given in the environment for the SDK's default chain, or for a passphraseCommand. */
const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: "id",
  AWS_SECRET_ACCESS_KEY: "s3cr3t-environment",
  AWS_SESSION_TOKEN: "s3cr3t-token",
  PASSPHRASE: "s3cr3t-phrase",
};

let site: Site;
beforeEach(async () => {
  site = await openSite();
  await site.configure({ syslog: true });
});
afterEach(async () => await site.close());

/** A program that notes what /proc shows of it and of archive-host before it goes on. */
async function watched(name: string, lines: string): Promise<string> {
  const file = join(site.folder, "programs", name);
  const notes = join(site.folder, "seen", name);
  const look = `cat /proc/$$/cmdline /proc/$$/environ /proc/$PPID/cmdline > ${notes}.$$`;
  await writeFile(file, `#!/bin/sh\n${look}\n${lines}\n`);
  await chmod(file, 0o755);
  return file;
}

/** Takes what a test says to be done, and gives the changed arguments. */
type Failure = () => Promise<Readonly<Record<number, string>> | void>;

const denied = new S3Failure(403, "AccessDenied", "Access denied.");
const tree = (): string => join(site.folder, "tree");

const FAILURES: Readonly<Record<string, readonly [status: number, fail: Failure]>> = {
  "nothing fails": [0, async () => {}],
  "the source has errors": [
    3,
    async () => await writeTarCreate(site.tarCreate, tree(), { errors: 2 }),
  ],
  "BackupPC_tarCreate dies": [
    1,
    async () => await writeTarCreate(site.tarCreate, tree(), { killedAfter: 2_500_000 }),
  ],
  "the compression fails": [1, async () => ({ 6: await watched("failing", "exit 1") })],
  "the store refuses a chunk": [
    1,
    async () => {
      site.fault = ({ key }) => (key.includes("00000002") ? denied : undefined);
    },
  ],
  "the secret key is wrong": [
    1,
    async () => await site.configure({ syslog: true, secretAccessKey: "s3cr3t-wrong" }),
  ],
  "the bucket is not there": [
    1,
    async () => await site.configure({ syslog: true, bucket: "nowhere" }),
  ],
  "the passphrase is no passphrase": [
    2,
    async () => await site.configure({ passphrase: "s3cr3t\nphrase" }),
  ],
  "the passphraseCommand fails": [
    12,
    async () =>
      await site.configure({
        passphrase: undefined,
        passphraseCommand: "echo s3cr3t-said; echo s3cr3t-complaint >&2; exit 3",
      }),
  ],
  "the configuration is garbled": [
    2,
    async () => await writeFile(join(site.folder, "config.toml"), 'passphrase = "s3cr3t-open\n'),
  ],
  "an argument is missing": [2, async () => ({ 8: "" })],
};

test.each(Object.keys(FAILURES))("No secret is seen when %s", async (name) => {
  const [expected = 0, fail] = FAILURES[name] ?? [];
  await start(["mkdir", join(site.folder, "programs"), join(site.folder, "seen")], {}).ended;
  const log = join(site.folder, "seen", "syslog");
  await watched("logger", `exec cat >> ${log}`);
  const filter = await watched("filter", "exec cat");
  const changes = { 6: filter, ...(await fail?.()) };
  const tarCreate = join(site.folder, "programs", "real");
  await writeFile(tarCreate, await readFile(site.tarCreate), { mode: 0o755 });
  const wrapper = await watched("tar-create", `exec ${tarCreate} "$@"`);

  const path = `${join(site.folder, "programs")}:${process.env["PATH"]}`;
  const environment = site.environment({ ...ENVIRONMENT, PATH: path });
  const running = start(site.command({ 1: wrapper, ...changes }), environment);
  expect(await running.ended).toBe(expected);
  // logger is a program of its own, which may write later than archive-host ends.
  expect(await untilAllHaveEnded(site.folder)).toEqual([]);

  expect(running.lines.join("\n")).not.toMatch(SECRET);
  for (const text of (await site.leftBehind()).values()) expect(text).not.toMatch(SECRET);
  const store = join(site.folder, "store");
  const keys = await readdir(store, { recursive: true });
  expect(keys.join("\n")).not.toMatch(SECRET);
  for (const json of keys.filter((each) => each.endsWith(".json"))) {
    expect(await readFile(join(store, json), "utf8")).not.toMatch(SECRET);
  }
  const seen = join(site.folder, "seen");
  const notes = await readdir(seen);
  const programs = notes.map((note) => note.replace(/\.\d+$/, ""));
  const needed = expected === 0 ? ["filter", "logger", "syslog", "tar-create"] : [];
  expect(programs).toEqual(expect.arrayContaining(needed));
  for (const note of notes) {
    expect(await readFile(join(seen, note), "latin1")).not.toMatch(SECRET);
  }
});
