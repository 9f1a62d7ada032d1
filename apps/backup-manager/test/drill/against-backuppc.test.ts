import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Head } from "@backuppc-archive-s3/backup-catalog";
import { writeTarCreate } from "@backuppc-archive-s3/test-rig";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { checkBackupPc, compareWithBackupPc } from "../../src/drill/against-backuppc.ts";
import { indexed } from "../members/indexed.ts";
import { fakeBackupPc } from "../start/fake-backuppc.ts";
import { storeArchive } from "../store-archive.ts";
import { PLAIN_VAULT } from "../vault.ts";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";

let scratch: string;
let tree: string;
let restored: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "against-"));
  onTestFinished(async () => await rm(scratch, { recursive: true }));
  [tree, restored] = [join(scratch, "tree"), join(scratch, "restored")];
  await mkdir(tree);
  await writeFile(join(tree, "a"), "hello");
  await writeFile(join(tree, "b"), "world");
  execFileSync("cp", ["-a", tree, restored]);
});

/** @param started of BackupPC's backup, and of the archived one */
async function compare(
  options: { paths?: string[]; started?: string; number?: number; tarCreate?: string } = {},
): Promise<string[]> {
  const { paths = [], tarCreate } = options;
  const { folder } = await fakeBackupPc();
  const program = join(folder, "bin", "BackupPC_tarCreate");
  if (tarCreate === undefined) await writeTarCreate(program, tree);
  else await writeFile(program, tarCreate, { mode: 0o755 });
  const head = await headOf(options);
  const expected = paths.map((path) => ({ member: indexed(path) }));
  return await compareWithBackupPc({ head, restored, expected, scratch, folders: [folder] });
}

async function headOf({ started = STARTED, number = 1 } = {}): Promise<Head> {
  const id = { host: "gandalf", number, attempt: "20261122T031500Z-5f3a9c" };
  const facts = { backup: { type: "full", started } };
  const place = { store: createMemoryStore(), vault: PLAIN_VAULT };
  const { head } = await storeArchive(place, id, { facts });
  if (head === undefined) throw new Error("There is no head.");
  return head;
}

/** Of the stand-in's backup 1. */
const STARTED = "2023-11-14T22:13:21.000Z";

describe("What was restored, against what BackupPC has", () => {
  test("is the same, byte by byte", async () => {
    expect(await compare()).toEqual([]);
    expect(await compare({ paths: ["./a"] })).toEqual([]);
  });

  test("differs in one byte of a file", async () => {
    await writeFile(join(restored, "a"), "hellO");
    expect(await compare()).toContain("./a: Contents differ (BackupPC)");
    expect(await compare({ paths: ["./a"] })).toContain("./a: Contents differ (BackupPC)");
    expect(await compare({ paths: ["./b"] })).toEqual([]);
  });

  test("lacks a file, or has one more than BackupPC", async () => {
    await rm(join(restored, "a"));
    expect((await compare()).join()).toMatch(/a: .*No such file/);
    await rm(join(tree, "b"));
    expect((await compare({ paths: ["./b"] })).join()).toMatch(/b: Not found in archive/);
  });

  test.each([
    [{ number: 9 }, "no-such-archive", /BackupPC has no backup gandalf 9 any more/],
    [
      { started: "2026-11-20T22:00:00.000Z" },
      "no-such-archive",
      /backup gandalf 1 is another one, of 2023-11-1/,
    ],
    [
      { tarCreate: "#!/bin/sh\necho 'it is broken' >&2\nexit 1\n" },
      "backuppc-failed",
      /BackupPC_tarCreate: it is broken/,
    ],
  ])("is not compared where BackupPC cannot give it (%j)", async (options, code, message) => {
    await expect(compare(options)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});

describe("Where BackupPC cannot be asked, the call is to blame", () => {
  test("since it answers its own user alone", async () => {
    const { folder } = await fakeBackupPc({ isWrongUser: true });
    await expect(checkBackupPc(await headOf(), [folder])).rejects.toMatchObject({
      code: "cannot-drill",
      message: "BackupPC answers only its own user",
    });
  });

  test("since it is on another machine", async () => {
    await expect(checkBackupPc(await headOf(), ["/nonexistent"])).rejects.toMatchObject({
      code: "cannot-drill",
      message: "there is no BackupPC in /nonexistent",
    });
  });
});
