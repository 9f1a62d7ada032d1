import {
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  createPrivate,
  openPrivate,
  readPrivate,
  replacePrivate,
} from "../../src/folder/private-file.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "private-file-"));
  path = join(folder, "file");
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

test("A file is replaced whole, and nobody else may read it", async () => {
  expect(await readPrivate(path)).toBeUndefined();
  await replacePrivate(path, ["one\n", "two\n"]);
  await replacePrivate(path, ["three\n"]);
  expect((await readPrivate(path))?.toString()).toBe("three\n");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(["file"]);
});

test("A large file is replaced in pieces", async () => {
  const lines = Array.from({ length: 50_000 }, (_, index) => `${index}\n`);
  await replacePrivate(path, lines);
  expect(await readFile(path, "utf8")).toBe(lines.join(""));
});

test("Of several that make a file at the same time, one does", async () => {
  await Promise.all([createPrivate(path, "one"), replacePrivate(join(folder, "other"), ["x"])]);
  await createPrivate(path, "two");
  expect(await readFile(path, "utf8")).toBe("one");
  expect((await readdir(folder)).toSorted()).toEqual(["file", "other"]);
});

test("What is appended stands behind what is there", async () => {
  await replacePrivate(path, ["one\n"]);
  const file = await openPrivate(path);
  await file.write("two\n");
  await file.close();
  expect(await readFile(path, "utf8")).toBe("one\ntwo\n");
});

test("Links and folders are refused, whether to read or to write", async () => {
  const elsewhere = join(folder, "elsewhere");
  await writeFile(elsewhere, "a stranger's");
  await symlink(elsewhere, path);
  for (const open of [readPrivate, openPrivate]) {
    await expect(open(path)).rejects.toMatchObject({ code: "folder-unusable" });
  }
  await mkdir(join(folder, "sub"));
  await expect(readPrivate(join(folder, "sub"))).rejects.toThrow("is not a regular file");
  await replacePrivate(path, ["ours"]);
  expect(await readFile(elsewhere, "utf8")).toBe("a stranger's");
  expect(await readFile(path, "utf8")).toBe("ours");
});

test.runIf(process.getuid?.() === 0)(
  "What root makes in another user's folder belongs to that user",
  async () => {
    await chown(folder, 65_534, 65_534);
    await replacePrivate(path, ["one"]);
    const lock = join(folder, "lock");
    await (await openPrivate(lock)).close();
    for (const file of [path, lock]) expect((await stat(file)).uid).toBe(65_534);
  },
);
