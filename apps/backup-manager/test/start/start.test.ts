import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import type { StartInvocation } from "../../src/start/command.ts";
import { startJsonSchema } from "../../src/start/start-json.ts";
import { start } from "../../src/start/start.ts";
import { recordingOutput } from "../recording-output.ts";
import { siteOf } from "../site-of.ts";
import { attemptOf, storeArchive } from "../store-archive.ts";
import { PLAIN_VAULT } from "../vault.ts";
import { type FakeBackupPc, fakeBackupPc } from "./fake-backuppc.ts";

const ASKED: StartInvocation = {
  hosts: ["witte", "gandalf"],
  archiveHost: undefined,
  force: true,
  config: undefined,
  json: false,
  quiet: false,
  test: false,
  list: false,
};

/** With --force nobody asks what is in the store. */
const NO_SITE = async (): Promise<never> => await Promise.reject(new Error("the store was asked"));

test("BackupPC is asked for the hosts in their order, by its only archive host", async () => {
  const backuppc = await fakeBackupPc();
  const output = recordingOutput();
  expect(await start(ASKED, NO_SITE, output, [backuppc.folder])).toBe("done");
  expect(output.results).toEqual(["BackupPC was asked to archive witte, gandalf by archives3\n"]);
  expect(await asked(backuppc)).toMatch(/^archives3 \S+ witte gandalf\n$/);
});

test("A new archive host, which has no folder yet, is asked like any other", async () => {
  const backuppc = await fakeBackupPc();
  await rm(join(backuppc.topFolder, "pc", "archives3"), { recursive: true });
  expect(await start(ASKED, NO_SITE, recordingOutput(), [backuppc.folder])).toBe("done");
  expect(await asked(backuppc)).toMatch(/^archives3 /);
});

test("--test asks for nothing, and programs get JSON", async () => {
  const backuppc = await fakeBackupPc();
  const output = recordingOutput();
  await start({ ...ASKED, test: true, json: true }, NO_SITE, output, [backuppc.folder]);
  expect(startJsonSchema.parse(JSON.parse(output.results.join("")))).toEqual({
    format: 1,
    test: true,
    archiveHost: "archives3",
    hosts: ["witte", "gandalf"],
  });
  await expect(asked(backuppc)).rejects.toThrow("ENOENT");
});

test("A host whose last backup is archived is left out, unless its number came back", async () => {
  const backuppc = await fakeBackupPc({
    hosts: [
      ["archives3", "archive", 0],
      ["gandalf", "tar", [[7, "full", 1_700_000_000]]],
      ["witte", "rsync", [[7, "full", 1_700_000_000]]],
    ],
  });
  const store = createMemoryStore();
  for (const [host, began] of [
    ["gandalf", "2023-11-14T22:13:20Z"],
    ["witte", "2020-01-01T00:00:00Z"],
  ] as const) {
    const id = { host, number: 7, attempt: attemptOf(1) };
    const facts = { backup: { type: "full", started: began } };
    await storeArchive({ store, vault: PLAIN_VAULT }, id, { facts });
  }
  const output = recordingOutput();
  const asking = { ...ASKED, force: false };
  await start(asking, async () => siteOf(store), output, [backuppc.folder]);
  expect(await asked(backuppc)).toMatch(/^archives3 \S+ witte\n$/);
  expect(output.notes).toEqual(["gandalf 7 is archived already; --force archives it again"]);
});

describe("what BackupPC does not start is told", () => {
  test("a refusal, though BackupPC_archiveStart ends with 0; its request file goes", async () => {
    const busy = "Archive currently running on archives3, please try later";
    const archiveStart = `echo > archiveReq.$$.0; echo > archiveReq.7.0
echo "Sent archive request, reply: ${busy}"`;
    const backuppc = await fakeBackupPc({ archiveStart });
    await expect(start(ASKED, NO_SITE, recordingOutput(), [backuppc.folder])).rejects.toMatchObject(
      {
        code: "backuppc-failed",
        message: `BackupPC does not start the archive: ${busy}`,
        hint: "Try again when that archive is done.",
      },
    );
    const left = await readdir(join(backuppc.topFolder, "pc", "archives3"));
    expect(left).toEqual(["archiveReq.7.0"]);
  });

  test("a daemon that does not run", async () => {
    const { folder } = await fakeBackupPc({
      archiveStart: "echo unix connect: refused >&2; exit 2",
    });
    await expect(start(ASKED, NO_SITE, recordingOutput(), [folder])).rejects.toMatchObject({
      message: "BackupPC does not start the archive: unix connect: refused",
      hint: "Check that BackupPC runs, and its log.",
    });
  });

  test("another user than BackupPC's", async () => {
    const { folder } = await fakeBackupPc({ isWrongUser: true });
    await expect(start(ASKED, NO_SITE, recordingOutput(), [folder])).rejects.toMatchObject({
      message: "BackupPC answers only its own user",
      hint: expect.stringContaining("su -s /bin/sh backuppc"),
    });
  });

  test("a host without a backup, and one that BackupPC does not know", async () => {
    const { folder } = await fakeBackupPc();
    for (const host of ["fresh", "nobody"]) {
      const starting = start({ ...ASKED, hosts: [host] }, NO_SITE, recordingOutput(), [folder]);
      await expect(starting).rejects.toMatchObject({
        code: "no-such-host",
        message: `BackupPC has no backup of a host ${host}`,
        hint: "It has backups of: gandalf, witte.",
      });
    }
  });

  test("no BackupPC at all", async () => {
    await expect(start(ASKED, NO_SITE, recordingOutput(), ["/none"])).rejects.toThrow(
      "there is no BackupPC in /none",
    );
  });
});

describe("the archive host", () => {
  test("must be named where there are several", async () => {
    const { folder } = await fakeBackupPc({ hosts: SEVERAL });
    await expect(start(ASKED, NO_SITE, recordingOutput(), [folder])).rejects.toMatchObject({
      message: "BackupPC has several archive hosts",
      hint: "Choose by --archive-host, which `run`, `start` and `delete` take: archives3, tape.",
    });
    const named = { ...ASKED, archiveHost: "tape" };
    const output = recordingOutput();
    await start(named, NO_SITE, output, [folder]);
    expect(output.results.join("")).toContain("by tape");
  });

  test("must be one", async () => {
    const { folder } = await fakeBackupPc({ hosts: [["gandalf", "tar", 2]] });
    await expect(start(ASKED, NO_SITE, recordingOutput(), [folder])).rejects.toThrow(
      "BackupPC has no archive host",
    );
    const named = { ...ASKED, archiveHost: "gandalf" };
    await expect(start(named, NO_SITE, recordingOutput(), [folder])).rejects.toThrow(
      "BackupPC has no archive host gandalf",
    );
  });
});

const SEVERAL = [
  ["archives3", "archive", 0],
  ["tape", "archive", 0],
  ["gandalf", "tar", 2],
  ["witte", "rsync", 1],
] as const;

async function asked({ topFolder }: FakeBackupPc): Promise<string> {
  return await readFile(join(topFolder, "pc", "archives3", "asked"), "utf8");
}
