// A bucket of several servers: no command shows, reads or touches what is outside of the prefix.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ArchiveId } from "@backuppc-archive-s3/backup-catalog";
import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { buffer } from "node:stream/consumers";
import { beforeAll, expect, test } from "vitest";
import { verifyJsonSchema } from "../../src/verify/verify-json.ts";
import { attemptOf } from "../store-archive.ts";
import { TAR_MEMBERS, tarSlices } from "../tar-slices.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

const OTHERS = ["", "site-a", "site-b/"];

let site: ShellSite;
/** What is outside of the prefix, by whole keys. */
let outside: ReadonlyMap<string, string>;

beforeAll(async () => {
  site = await shellSite();
  for (const number of [1, 2]) {
    const id = { host: "gandalf", number, attempt: attemptOf(12 - number) };
    await site.archive(id, { slices: tarSlices(), gzip: true, members: TAR_MEMBERS });
  }
  const brokenOff = { host: "gandalf", number: 3, attempt: attemptOf(12) };
  await site.archive(brokenOff, { without: "head" });
  await site.aged(12);
  const bucket = await site.bucket("offsite");
  const own = await contentsOf(site.store);
  for (const other of OTHERS)
    for (const [key, text] of own)
      await bucket.put(other + key, bytesBody(Buffer.from(text, "latin1")));
  outside = await othersIn(bucket);
});

async function contentsOf(store: ObjectStore): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for await (const { key } of store.list(""))
    contents.set(key, (await buffer(await store.get(key))).toString("latin1"));
  return contents;
}

async function othersIn(bucket: ObjectStore): Promise<Map<string, string>> {
  return new Map([...(await contentsOf(bucket))].filter(([key]) => !key.startsWith("site-a/")));
}

/** Runs the line, which must end well. @returns what it printed */
async function ran(line: string): Promise<string> {
  const before = site.asked.length;
  const { stdout, stderr, status } = await site.shell(line);
  expect({ line, stderr, status }).toEqual({ line, stderr: "", status: 0 });
  expect(strangeSince(before)).toEqual([]);
  return stdout;
}

/** What was asked for since, outside of the prefix. @param before how many requests there were */
function strangeSince(before: number): string[] {
  return site.asked.slice(before).filter((key) => !key.startsWith("site-a/"));
}

test("lists, shows, restores, verifies, deletes and collects its own alone", async () => {
  expect(outside.size).toBeGreaterThan(30);
  expect(await ran("backup-manager list")).toMatch(/^3 archives of 1 host/m);
  expect(await ran("backup-manager show -H gandalf -b 1")).toContain("gandalf");
  expect(await ran("backup-manager ls gandalf")).toMatch(/ a\n.* b\n/);
  expect(await ran("backup-manager verify --data")).toMatch(/^2 archives, all intact$/m);
  await ran("backup-manager script -H gandalf -b 2 > restore.sh");
  await ran("sh restore.sh --passphrase-file passphrase restored 2>&1");
  expect(await readFile(join(site.folder, "restored", "a"), "utf8")).toBe("hello\n");
  expect(await ran("backup-manager drill -H gandalf --config server.toml")).toContain("gandalf");
  expect(await ran("backup-manager doctor")).not.toMatch(/^failed/m);
  expect(await ran("backup-manager report --html -")).toContain("s3://offsite/site-a/");
  expect(await ran("backup-manager gc")).toMatch(/of 1 host deleted$/m);
  await ran("cp passphrase new; chmod 600 new; echo another > new");
  expect(await ran("backup-manager rekey all --new-passphrase-file new")).toMatch(
    /^2 archives got the new passphrase$/m,
  );
  await ran("cp new passphrase");
  expect(await ran("backup-manager verify --data")).toMatch(/^2 archives, all intact$/m);
  await site.indexed();
  expect(await ran("backup-manager delete -H gandalf -b 1 --config server.toml")).toMatch(
    /^1 archive deleted/m,
  );
  expect((await site.catalog.list()).map(({ id }) => id.number)).toEqual([2]);
  expect(await othersIn(await site.bucket("offsite"))).toEqual(outside);
});

test("prints keys as they are behind the prefix", async () => {
  await site.store.put("archives/gandalf/unknown", bytesBody(Buffer.from("unknown")));
  const { head } = await site.catalog.readHead(await newest());
  const [chunk] = (await site.catalog.readManifest(head)).chunks;
  const key = site.catalog.chunkKey("gandalf", chunk?.name ?? "");
  await site.store.delete([key]);
  const { stdout } = await site.shell("backup-manager verify --json -H gandalf -b 2");
  expect(verifyJsonSchema.parse(JSON.parse(stdout)).archives).toMatchObject([
    { number: 2, findings: [{ kind: "missing", key }] },
  ]);
  const { stderr } = await site.shell("backup-manager list");
  expect(stderr).toBe(
    "backup-manager: left alone, not created by this program: archives/gandalf/unknown\n",
  );
});

async function newest(): Promise<ArchiveId> {
  const id = (await site.catalog.list()).findLast(({ status }) => status === "complete")?.id;
  if (id === undefined) throw new Error("There is no archive.");
  return id;
}

test("what it asks for versions of is below the prefix, too", async () => {
  const before = site.asked.length;
  await site.shell("backup-manager delete -H gandalf -b 2 --purge-versions");
  await site.shell("backup-manager gc --purge-versions");
  expect(site.asked.length).toBeGreaterThan(before);
  expect(strangeSince(before)).toEqual([]);
});
