import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { afterEach, beforeEach, expect, test } from "vitest";
import { livingHost } from "../../src/nights/living-host.ts";
import { tarInPoolOrder } from "../../src/nights/tar-in-pool-order.ts";

const run = promisify(execFile);
const SIZE = 8e6;

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "living-host-"))));
afterEach(async () => await rm(folder, { recursive: true }));

async function afterNights(name: string, nights: number, seed: string): Promise<string> {
  const root = join(folder, name);
  const host = await livingHost(root, { size: SIZE, database: true, seed });
  for (let night = 2; night <= nights; night += 1) await host.nextNight();
  return root;
}

test("the same seed gives the same tree after the same nights, another seed another one", async () => {
  const [one, same] = [await afterNights("one", 4, "a"), await afterNights("same", 4, "a")];
  expect(await listTree(one)).toEqual(await listTree(same));
  expect(await listTree(await afterNights("other", 4, "b"))).not.toEqual(await listTree(one));
});

test("a night changes a part of the tree and leaves the rest as it was", async () => {
  const root = join(folder, "tree");
  const host = await livingHost(root, { size: SIZE });
  const before = await listTree(root);
  await host.nextNight();
  const after = new Set(await listTree(root));
  const kept = before.filter((line) => after.has(line)).length / before.length;
  expect(kept).toBeGreaterThan(0.5);
  expect(kept).toBeLessThan(1);
});

test("a tree has about the size that was asked for", async () => {
  const root = await afterNights("tree", 1, "a");
  const bytes = await tarInPoolOrder(root, join(folder, "tar"));
  expect(bytes / SIZE).toBeGreaterThan(0.9);
  expect(bytes / SIZE).toBeLessThan(1.8);
});

test("the tar has all entries of a folder by their bytes, then its folders, and is the same each time", async () => {
  const root = join(folder, "tree");
  await run("mkdir", ["-p", join(root, "b/y"), join(root, "a"), join(root, "C")]);
  await run(
    "touch",
    ["ab", "b/z", "b/y/é", "a/1"].map((name) => join(root, name)),
  );
  const tar = join(folder, "tar");
  await tarInPoolOrder(root, tar);
  const { stdout } = await run("tar", ["--list", "--quoting-style=literal", "--file", tar]);
  expect(stdout.trim().split("\n")).toEqual([
    "./",
    "./C/",
    "./a/",
    "./ab",
    "./b/",
    "./a/1",
    "./b/y/",
    "./b/z",
    "./b/y/é",
  ]);
  const first = await readFile(tar);
  await tarInPoolOrder(root, tar);
  expect(first.equals(await readFile(tar))).toBe(true);
});
