import { beforeEach, describe, expect, test } from "vitest";
import { deleteJsonSchema } from "../../src/delete/delete-json.ts";
import { attemptOf } from "../store-archive.ts";
import { openVault } from "../vault.ts";
import { type ShellSite, shellSite } from "./shell-site.ts";

let site: ShellSite;
beforeEach(async () => {
  site = await shellSite();
  for (const [host, number, daysAgo] of ARCHIVES)
    await site.archive({ host, number, attempt: attemptOf(daysAgo + 0.01) });
});

const ARCHIVES = [
  ["gandalf", 100, 62],
  ["gandalf", 130, 31],
  ["gandalf", 161, 0],
  ["witte", 40, 45],
] as const;

/** Sizes of signatures and times differ from run to run. */
function masked(text: string): string {
  return text.replaceAll(/\d+(\.\d)? k?B/g, "SIZE").replaceAll(/\d{4}-\d\d-\d\d .*? UTC/g, "TIME");
}

describe("delete by age", () => {
  test("-t prints what would go and why, and deletes nothing", async () => {
    const before = await keys();
    const { stdout, stderr, status } = await site.shell("backup-manager -t delete --age=30");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(masked(stdout)).toMatchInlineSnapshot(`
      "Hostname  Backup number          Age  Action  Why
      gandalf             161   14 min ago  keep    the last good one; 0 days old; no newer good one
      gandalf             130  31 days ago  delete  31 days old, 1 newer good
      gandalf             100  62 days ago  delete  62 days old, 2 newer good
      witte                40  45 days ago  keep    the last good one; no newer good one
      gandalf: SIZE would be freed
      2 archives of 4 would be deleted
      "
    `);
    expect(await keys()).toEqual(before);
  });

  test("deletes, and never the last good one", async () => {
    const { stdout, stderr, status } = await site.shell("backup-manager delete --age=30");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(masked(stdout)).toMatchInlineSnapshot(`
      "Hostname  Backup number          Age  Result   Why
      gandalf             130  31 days ago  deleted  31 days old, 1 newer good
      gandalf             100  62 days ago  deleted  62 days old, 2 newer good
      gandalf: SIZE freed
      2 archives deleted, 2 kept
      "
    `);
    expect(await numbers()).toEqual(["gandalf 161", "witte 40"]);
    expect(await site.shell("backup-manager delete --age=30")).toEqual({
      status: 4,
      stderr: "",
      stdout: "0 archives deleted, 2 kept\n",
    });
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
    const result = deleteJsonSchema.parse(JSON.parse(stdout));
    expect(result).toMatchObject({ test: false, started: null });
    expect(result.archives).toMatchObject([
      { number: 161, action: "keep", removed: null },
      { number: 130, action: "delete", removed: { keptBy: null, failures: [] } },
      { number: 100, action: "delete" },
      { number: 40, action: "keep" },
    ]);
    expect(result.hosts).toMatchObject([
      { host: "gandalf", stop: null, freed: { immediate: false, refusal: null } },
      { host: "witte", freed: null },
    ]);
  });

  test("a forged archive stops its host, and says so", async () => {
    const forged = { host: "gandalf", number: 162, attempt: attemptOf(0) };
    await site.archive(forged, {}, await openVault());
    const { stderr, status } = await site.shell("backup-manager delete -a 30 -q");
    expect(stderr).toMatch(
      /^backup-manager: gandalf: nothing is deleted, because archive 162 \(attempt \S+\) is not verified\. .*\n$/,
    );
    expect(status).toBe(1);
    expect(await numbers()).toHaveLength(5);
  });
});

describe("delete by number", () => {
  test("takes all archives of that number, even the last", async () => {
    const id = { host: "witte", number: 40, attempt: attemptOf(12) };
    await site.archive(id, { without: "head" });
    await site.aged(12);
    const { stdout, stderr, status } = await site.shell("backup-manager delete -H witte -b 40");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(masked(stdout)).toMatchInlineSnapshot(`
      "Hostname  Backup number          Age  Result   Why
      witte                40  45 days ago  deleted  asked for by its number
      witte                40  12 days ago  deleted  asked for by its number
      witte: SIZE freed
      2 archives deleted, 0 kept
      "
    `);
    expect(await numbers()).toEqual(["gandalf 100", "gandalf 130", "gandalf 161"]);
  });

  test("takes the one attempt that is named", async () => {
    const id = { host: "witte", number: 40, attempt: attemptOf(3) };
    await site.archive(id);
    const line = `backup-manager delete -H witte -b 40 --attempt ${id.attempt}`;
    expect((await site.shell(line)).status).toBe(0);
    expect((await listed()).filter(({ id: { host } }) => host === "witte")).toMatchObject([
      { id: { attempt: expect.not.stringMatching(id.attempt) } },
    ]);
  });

  test("leaves alone what may be of a running archive, but not on the BackupPC server", async () => {
    const id = { host: "witte", number: 41, attempt: attemptOf(0) };
    await site.archive(id, { without: "head" });
    const line = "backup-manager delete -H witte -b 41";
    const refused = await site.shell(line);
    expect(refused.stdout).toMatch(/0 archives deleted, 1 not deleted, 0 kept\n$/);
    expect(refused.status).toBe(1);
    const { stdout, stderr, status } = await site.shell(`${line} --config server.toml`);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatch(/1 archive deleted, 0 kept\n$/);
  });

  test("of what is not there is reported", async () => {
    const { stderr, status } = await site.shell("backup-manager delete -H witte -b 7");
    expect(stderr).toContain("there is no archive of witte's backup 7.");
    expect(status).toBe(10);
  });
});

describe("what is freed of a young archive", () => {
  const line = "backup-manager delete -H gandalf -b 161";

  test("waits for its hold, and the date is printed", async () => {
    const { stdout } = await site.shell(line);
    expect(masked(stdout)).toMatch(/\ngandalf: SIZE freed, SIZE more after TIME/);
    expect(await keys()).toContainEqual(expect.stringMatching(/^chunks\/gandalf\//));
  });

  test("is gone at once on the BackupPC server, if its chunk index knows it", async () => {
    await site.indexed();
    const { stdout, stderr } = await site.shell(`${line} --config server.toml`);
    expect(stderr).toBe("");
    expect(masked(stdout)).toMatch(/\ngandalf: SIZE freed.*\n1 archive deleted, 0 kept\n$/);
    expect(await keys()).not.toContainEqual(expect.stringMatching(/archives\/gandalf\/161\//));
  });
});

async function keys(): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of site.store.list("")) found.push(key);
  return found;
}

async function listed(): ReturnType<ShellSite["catalog"]["list"]> {
  return (await site.catalog.list()).filter(({ deleted }) => !deleted);
}

async function numbers(): Promise<string[]> {
  return (await listed()).map(({ id }) => `${id.host} ${id.number}`);
}
