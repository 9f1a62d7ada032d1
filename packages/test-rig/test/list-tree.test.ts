import { cp, link, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listTree } from "../src/list-tree.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tree-"));
  await mkdir(join(folder, "a", "sub"), { recursive: true });
  await writeFile(join(folder, "a", "file"), "one");
  await symlink("file", join(folder, "a", "link"));
  // Whole seconds: cp() rounds up to the next millisecond, which may be the next second's.
  await utimes(join(folder, "a", "file"), 1, 1);
  await cp(join(folder, "a"), join(folder, "b"), {
    recursive: true,
    preserveTimestamps: true,
    verbatimSymlinks: true,
  });
  for (const tree of ["a", "b"]) await utimes(join(folder, tree, "sub"), 1, 1);
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

async function same(): Promise<boolean> {
  const [a, b] = await Promise.all(["a", "b"].map((tree) => listTree(join(folder, tree))));
  return a?.join("\n") === b?.join("\n");
}

test("Trees that are the same have the same list", async () => {
  expect(await same()).toBe(true);
});

test.each([
  ["bytes", () => writeFile(join(folder, "b", "file"), "two")],
  ["a time", () => utimes(join(folder, "b", "file"), 5, 5)],
  ["a folder's time", () => utimes(join(folder, "b", "sub"), 5, 5)],
  ["a hard link", () => link(join(folder, "b", "file"), join(folder, "hard"))],
  ["a file more", () => writeFile(join(folder, "b", "more"), "")],
  ["a missing file", () => rm(join(folder, "b", "link"))],
])("Trees that differ in %s have different lists", async (_, change) => {
  await change();
  expect(await same()).toBe(false);
});
