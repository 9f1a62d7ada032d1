// What once made the nightly `delete --age 30` delete the only good archive, or all of one, or none of any host.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ArchiveId } from "@backuppc-archive-s3/backup-catalog";
import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { attemptOf, storeArchive, type StoredArchive } from "../store-archive.ts";
import type { Vault } from "../vault.ts";
import { type AttackSite, DAY, openAttackSite, well } from "./attack-site.ts";
import { folderOf, forgersVault, openForger } from "./forger.ts";

let site: AttackSite;
let [own, other]: Vault[] = [];
beforeAll(async () => {
  site = await openAttackSite();
  [own, other] = [await vault(), await vault()];
  await writeFile(join(site.folder, "own.asc"), known(own).publicKey);
  await writeFile(join(site.folder, "other.asc"), known(other).publicKey);
});
afterAll(async () => await site.close());
beforeEach(async () => {
  await site.store.delete(await site.keys());
  await trusting("own");
});

test("a bare marker key, which lists show as complete, is no reason to delete anything", async () => {
  await archived("merlin", 1, 40);
  const id = { host: "merlin", number: 2, attempt: attemptOf(1) };
  await site.store.put(`${folderOf(id)}complete.12.46400000.12.46400000.sig`, body("x"));
  expect(await leftOf("merlin")).toEqual([1, 2]);
  await site.store.put(`${folderOf(id)}started.json`, body("{}"));
  await site.store.put(`${folderOf(id)}archive.json`, body("{}"));
  expect(await leftOf("merlin")).toEqual([1, 2]);
});

test("a damaged archive, or one that nobody signed, is no reason to delete the one before it", async () => {
  await archived("merlin", 1, 40);
  const { manifest } = await archived("merlin", 2, 1);
  const [chunk] = manifest.chunks;
  await site.store.delete([`chunks/merlin/${chunk?.name}`]);
  expect(await leftOf("merlin")).toEqual([1, 2]);
  await archived("radagast", 1, 40);
  await archived("radagast", 2, 1, await vault());
  expect(await leftOf("radagast")).toEqual([1, 2]);
});

test("a second marker beside the good one stops its host, and `script` says so", async () => {
  await archived("merlin", 1, 40);
  const { head } = await archived("merlin", 2, 20);
  await archived("merlin", 3, 1);
  await site.store.put(`${folderOf(known(head))}partial.1.1.1.1.sig`, body("x"));
  const { stderr } = await site.manage(["delete", "-a", "30"]);
  expect(await numbersOf("merlin")).toContain(1);
  expect(stderr).toContain("has two markers");
  const script = await site.manage(["script", "-H", "merlin", "-b", "2", "-f", site.folder]);
  expect(script.stderr).toContain("it has two markers");
});

test("an archive from the future stops its own host, and no other", async () => {
  for (const host of ["merlin", "radagast"]) {
    await archived(host, 1, 40);
    await archived(host, 2, 1);
  }
  await archived("merlin", 3, -400);
  const deleted = await site.manage(["delete", "-a", "30"]);
  expect(deleted).toMatchObject({ status: 1 });
  expect(deleted.stderr).toContain("merlin: nothing is deleted, because archive 3");
  expect(await numbersOf("merlin")).toEqual([1, 2, 3]);
  expect(await numbersOf("radagast")).toEqual([2]);
});

describe("Two servers that share a prefix, each with a host of the same name:", () => {
  test("the newer archives of one are no reason to delete those of the other", async () => {
    await archived("merlin", 1, 40);
    await archived("merlin", 2, 1, other);
    expect(await leftOf("merlin")).toEqual([1, 2]);
    await trusting("own", "other");
    expect(await leftOf("merlin")).toEqual([1, 2]);
  });

  test("each one's old archives go for its own newer ones, once both keys are known", async () => {
    await archived("merlin", 1, 40);
    await archived("merlin", 2, 1);
    await archived("merlin", 3, 50, other);
    await trusting("own", "other");
    well(await site.manage(["delete", "-a", "30"]));
    expect(await numbersOf("merlin")).toEqual([2, 3]);
  });

  test("a server writes scripts of its own archives, and says whose it passes over", async () => {
    await archived("merlin", 1, 3);
    await archived("merlin", 2, 1, other);
    const file = join(site.folder, "own.sh");
    const script = well(await site.manage(["script", "-H", "merlin", "-t", "-f", file]));
    expect(script.stdout).toMatch(/merlin +1 /);
    expect(script.stderr).toMatch(/merlin 2 of .* is passed over: no known key has signed it/);
  });
});

test("after a copy of the bucket, in whatever order, ages and the newest archive are what was signed", async () => {
  await archived("merlin", 1, 40);
  await archived("merlin", 2, 35);
  await archived("merlin", 3, 1);
  // The newest first, so that the oldest has the latest LastModified.
  for (const key of (await site.keys()).toReversed()) {
    const bytes = await site.bytes(key);
    await site.store.delete([key]);
    await site.store.put(key, bytesBody(bytes));
  }
  const file = join(site.folder, "copy.sh");
  const script = well(await site.manage(["script", "-H", "merlin", "-t", "-f", file]));
  expect(script.stdout).toMatch(/merlin +3 /);
  well(await site.manage(["delete", "-a", "30"]));
  expect(await numbersOf("merlin")).toEqual([3]);
});

test("the manager's own clock decides nothing, be it years ahead or behind", async () => {
  await archived("merlin", 1, 20);
  await archived("merlin", 2, 1);
  for (const wrong of [9000 * DAY, -9000 * DAY]) {
    site.wrong.manager = wrong;
    expect(await site.manage(["delete", "-a", "30", "-k", "0"])).toMatchObject({ status: 4 });
    expect(await numbersOf("merlin")).toEqual([1, 2]);
  }
  site.wrong.manager = 0;
});

/** Signs with a key of its own. Nothing is encrypted, since nothing is restored here. */
async function vault(): Promise<Vault> {
  const encrypt = async (plain: Uint8Array): Promise<Uint8Array> => plain;
  return forgersVault(await openForger(), { encryption: null, key: undefined, encrypt });
}

async function trusting(...names: readonly string[]): Promise<void> {
  const signers = names.map((name) => join(site.folder, `${name}.asc`));
  await site.configure("manager", { signers, encryption: "none", passphrase: undefined });
}

/** An archive that was made so many days ago, by what is signed; the store dates all as of now. */
async function archived(
  host: string,
  number: number,
  daysAgo: number,
  by: Vault | undefined = own,
): Promise<StoredArchive> {
  const id: ArchiveId = { host, number, attempt: attemptOf(daysAgo) };
  return await storeArchive({ store: site.store, vault: known(by) }, id);
}

/** What a delete leaves that is to keep as little as it may. */
async function leftOf(host: string): Promise<number[]> {
  await site.manage(["delete", "-H", host, "-a", "30", "-k", "0"]);
  return await numbersOf(host);
}

async function numbersOf(host: string): Promise<number[]> {
  const archives = await site.catalog.list({ host });
  const complete = archives.filter(({ status, deleted }) => status === "complete" && !deleted);
  return complete.map(({ id }) => id.number).toSorted((a, b) => a - b);
}

function body(text: string): ReturnType<typeof bytesBody> {
  return bytesBody(Buffer.from(text));
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("There is none.");
  return value;
}
