import { beforeEach, describe, expect, test } from "vitest";
import { deleteJsonSchema } from "../../src/delete/delete-json.ts";
import { archiveOfTwo } from "../archive-of-two.ts";
import { attemptOf } from "../sealed-archive.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

let site: ShellSite;
beforeEach(async () => {
  site = await shellSite();
  for (const [host, number, daysAgo] of ARCHIVES) {
    const id = { host, number, attempt: attemptOf(daysAgo + 0.01) };
    await archiveOfTwo(site.store, site.catalog, id);
  }
});

const ARCHIVES = [
  ["gandalf", 100, 62],
  ["gandalf", 130, 31],
  ["gandalf", 161, 0],
  ["witte", 40, 45],
] as const;

describe("delete by age", () => {
  test("-t tells what would go and why, and touches nothing", async () => {
    const before = await keys();
    const line = "backup-manager -t delete --age=30";
    expect(await site.shell(line)).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "Hostname  Backup number          Age  Action  Why
      gandalf             161   14 min ago  keep    the last good one; 0 days old; no newer complete
      gandalf             130  31 days ago  delete  31 days old, 1 newer complete
      gandalf             100  62 days ago  delete  62 days old, 2 newer complete
      witte                40  45 days ago  keep    the last good one; no newer complete
      2 archives of 4 would be deleted, 22 B
      ",
      }
    `);
    expect(await keys()).toEqual(before);
  });

  test("deletes, and never the last complete one", async () => {
    expect(await site.shell("backup-manager delete --age=30")).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "Hostname  Backup number          Age  Objects    Size  Why
      gandalf             130  31 days ago        6  1.2 kB  31 days old, 1 newer complete
      gandalf             100  62 days ago        6  1.2 kB  62 days old, 2 newer complete
      2 archives deleted, 2.4 kB; 2 kept
      ",
      }
    `);
    expect(await numbers()).toEqual(["gandalf 161", "witte 40"]);
    expect(await site.shell("backup-manager delete --age=30")).toMatchInlineSnapshot(`
      {
        "status": 4,
        "stderr": "",
        "stdout": "0 archives deleted, 0 B; 2 kept
      ",
      }
    `);
  });

  test("--keep and calendar rules keep more", async () => {
    const line = "backup-manager delete -a 30 -k 2 --keep-monthly 12 --time-zone UTC -t";
    const { stdout, status } = await site.shell(line);
    expect(status).toBe(4);
    expect(stdout).toContain("the newest of ");
    expect(stdout).toContain("0 archives of 4 would be deleted");
  });

  test("of one host alone, with -l, and quietly", async () => {
    const quiet = await site.shell("backup-manager delete -a 30 -H gandalf -q -l");
    expect(quiet).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(await numbers()).toEqual(["gandalf 161", "witte 40"]);
  });

  test("programs get every archive with what became of it", async () => {
    const { stdout, status } = await site.shell("backup-manager delete -a 30 --json");
    expect(status).toBe(0);
    const { archives, test: isTest, started } = deleteJsonSchema.parse(JSON.parse(stdout));
    expect({ isTest, started }).toEqual({ isTest: false, started: null });
    expect(archives).toMatchObject([
      { number: 161, action: "keep", removed: null },
      { number: 130, action: "delete", removed: { objects: 6, keptBy: null, failures: [] } },
      { number: 100, action: "delete" },
      { number: 40, action: "keep" },
    ]);
  });
});

describe("delete by number", () => {
  test("takes all archives of that number, even the last", async () => {
    const id = { host: "witte", number: 40, attempt: attemptOf(3) };
    await archiveOfTwo(site.store, site.catalog, id, { committed: false });
    expect(await site.shell("backup-manager delete -H witte -b 40")).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "Hostname  Backup number          Age  Objects    Size  Why
      witte                40   3 days ago        3   171 B  asked for by its number
      witte                40  45 days ago        6  1.2 kB  asked for by its number
      2 archives deleted, 1.4 kB; 0 kept
      ",
      }
    `);
    expect(await numbers()).toEqual(["gandalf 100", "gandalf 130", "gandalf 161"]);
  });

  test("takes the one attempt that is named", async () => {
    const id = { host: "witte", number: 40, attempt: attemptOf(3) };
    await archiveOfTwo(site.store, site.catalog, id);
    const line = `backup-manager delete -H witte -b 40 --attempt ${id.attempt}`;
    expect((await site.shell(line)).status).toBe(0);
    expect((await site.catalog.list({ host: "witte" })).map((each) => each.id.attempt)).toEqual([
      expect.not.stringMatching(id.attempt),
    ]);
  });

  test("of what is not there is told", async () => {
    const { stderr, status } = await site.shell("backup-manager delete -H witte -b 7");
    expect(stderr).toContain("there is no archive of witte's backup 7.");
    expect(status).toBe(10);
  });
});

async function keys(): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of site.store.list("")) found.push(key);
  return found;
}

async function numbers(): Promise<string[]> {
  return (await site.catalog.list()).map(({ id }) => `${id.host} ${id.number}`);
}
