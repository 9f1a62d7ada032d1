// What the Python program left, by the same commands.
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { legacyObjects, type LegacyRun } from "@backuppc-archive-s3/test-rig";
import { beforeAll, describe, expect, test } from "vitest";
import { showJsonSchema } from "../../src/show/show-json.ts";
import { attemptOf } from "../store-archive.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

const PASSPHRASE = "hunter2";

let site: ShellSite;
let old: ObjectStore;
beforeAll(async () => {
  site = await shellSite();
  await site.shell("sed -i '1i legacy = true' offsite.toml");
  old = await site.bucket("akiaold-bkup-gandalf");
  const tar = await tarOf(site, "hello from 2011");
  const gandalf = { host: "gandalf", passphrase: PASSPHRASE, compression: "ZLIB", tar } as const;
  await archiveAsLegacy(old, { ...gandalf, number: 7, splitSize: 11_000 });
  await archiveAsLegacy(old, { ...gandalf, number: 8, splitSize: 0 });
  await old.delete(["gandalf.8.tar.COMPLETE"]);
  const witte = await site.bucket("akiaold-bkup-witte.example.net");
  await archiveAsLegacy(witte, { host: "witte.example.net", number: 3, tar, splitSize: 4096 });
  await site.archive({ host: "gandalf", number: 900, attempt: attemptOf(1) });
});

test("list shows them among the others, as unsigned", async () => {
  const { stdout, stderr, status } = await site.shell("backup-manager");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout.replaceAll(/ +[\d.]+ k?B/g, "  SIZE")).toMatchInlineSnapshot(`
    "Hostname           Backup number        Age  Chunks     Size       New  Status
    gandalf                      900  0 min ago       2  SIZE  2,  SIZE  complete
    gandalf                        7  0 min ago       2  SIZE         -  complete (unsigned)
    gandalf                        8  0 min ago       1  SIZE         -  incomplete * (unsigned)
    witte.example.net              3  0 min ago       5  SIZE         -  complete (unsigned)
    4 archives of 2 hosts,  SIZE uploaded
    "
  `);
});

test("without `legacy = true` no other bucket is looked for", async () => {
  const { stdout, stderr, status } = await site.shell("backup-manager --config unsigned.toml");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout).toContain("1 archive of 1 host");
});

test("show says where one comes from", async () => {
  const { stdout, status } = await site.shell("backup-manager show -H gandalf -b 7 --json");
  expect(status).toBe(0);
  expect(showJsonSchema.parse(JSON.parse(stdout)).archive).toMatchObject({
    attempt: "legacy",
    status: "complete",
    verified: false,
    unverified: "the Python program signed nothing",
    encryption: { passphrase: true, recipients: [] },
    tool: "the Python program, in the bucket akiaold-bkup-gandalf",
  });
});

describe("script", () => {
  test.each([
    ["gandalf", 7, ""],
    ["gandalf", 8, "--unfinalized"],
    ["witte.example.net", 3, ""],
  ])("restores %s %i %s", async (host, number, options) => {
    const line = `backup-manager script -H ${host} -b ${number} ${options} -f old.sh`;
    expect((await site.shell(line)).status).toBe(0);
    const target = join(site.folder, `${host}-${number}`);
    await mkdir(target);
    const accept = options === "" ? "" : "--accept-partial";
    const run = `sh old.sh ${accept} --passphrase-file passphrase '${target}'; cat '${target}/file'`;
    const { stdout } = await site.shell(run);
    expect(stdout).toMatch(/hello from 2011\n$/);
  });
});

test("verify reads them, and --data decrypts them to their last file", async () => {
  const line = "backup-manager verify -H gandalf -b 7";
  expect((await site.shell(line)).stdout).toContain("1 archive, all intact");
  const { stdout, status } = await site.shell(`${line} --data`);
  expect(stdout).toContain("1 archive, all intact");
  expect(status).toBe(0);
});

test("a chunk that is lost is reported", async () => {
  const bucket = await site.bucket("akiaold-bkup-holes");
  const tar = await tarOf(site, "x");
  await archiveAsLegacy(bucket, { host: "holes", number: 1, tar, splitSize: 4096 });
  await bucket.delete(["holes.1.tar.ab"]);
  const { stdout, status } = await site.shell("backup-manager verify -H holes");
  expect(stdout).toContain("holes 1: holes.1.tar.ab is missing");
  expect(status).toBe(13);
});

test("delete takes one away, and no other", async () => {
  const { stdout, status } = await site.shell("backup-manager delete -H gandalf -b 8");
  expect(stdout).toContain("1 archive deleted");
  expect(status).toBe(0);
  const left: string[] = [];
  for await (const { key } of old.list("")) left.push(key);
  expect(left).toContain("gandalf.7.tar.COMPLETE");
  expect(left.filter((key) => key.startsWith("gandalf.8."))).toEqual([]);
});

/** Of a file of that text and of one that makes the tar longer than a piece. */
async function tarOf(at: ShellSite, text: string): Promise<Buffer> {
  const made = 'mkdir -p t; echo "$TEXT" > t/file; head -c 9000 /dev/zero > t/zeros';
  await at.shell(`${made}; tar -cf old.tar -C t file zeros`, { TEXT: text });
  return await readFile(join(at.folder, "old.tar"));
}

/** Archives a tar as the Python program did. */
async function archiveAsLegacy(store: ObjectStore, run: LegacyRun): Promise<void> {
  for (const { key, bytes } of await legacyObjects(run)) await store.put(key, bytesBody(bytes));
}
