import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writePrivate } from "../../src/script/write-private.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "write-private-"));
});
afterEach(async () => await rm(folder, { recursive: true }));

test("a file is readable by its owner alone, also where another one stood", async () => {
  const path = join(folder, "restore.sh");
  await writeFile(path, "old", { mode: 0o644 });
  await writePrivate(path, "new");
  expect(await readFile(path, "utf8")).toBe("new");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(["restore.sh"]);
});

test("a folder that is not there is an error, and no half file is left", async () => {
  const writing = writePrivate(join(folder, "none", "restore.sh"), "text");
  await expect(writing).rejects.toMatchObject({ code: "output-failed" });
  expect(await readdir(folder)).toEqual([]);
});

test("a link or a device is not replaced", async () => {
  const link = join(folder, "link");
  await symlink("/dev/null", link);
  await expect(writePrivate(link, "text")).rejects.toThrow("it is not a regular file");
  await expect(writePrivate("/dev/null", "text")).rejects.toThrow("it is not a regular file");
});
