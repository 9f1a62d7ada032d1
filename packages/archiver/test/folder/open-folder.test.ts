import { chmod, chown, mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openFolder } from "../../src/folder/open-folder.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "open-folder-"));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

describe("openFolder", () => {
  test("makes a folder for this user alone", async () => {
    const path = join(folder, "a", "b");
    await openFolder(path);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    await openFolder(path);
  });

  test.each([0o700, 0o750, 0o755])("takes one that others can at most read: %o", async (mode) => {
    await chmod(folder, mode);
    await expect(openFolder(folder)).resolves.toBeUndefined();
  });

  test.each([
    [0o770, "770"],
    [0o702, "702"],
    [0o1777, "1777"],
  ])("refuses one that others can write to, sticky or not: %o", async (mode, said) => {
    await chmod(folder, mode);
    await expect(openFolder(folder)).rejects.toMatchObject({
      code: "folder-untrusted",
      message: `Other users can write to the working directory: ${folder} has the mode ${said}.`,
    });
  });

  test("refuses what is no folder", async () => {
    await mkdir(join(folder, "a"));
    await expect(openFolder("/dev/null/a")).rejects.toMatchObject({ code: "folder-unusable" });
  });

  test.runIf(process.getuid?.() === 0)("refuses one of another user", async () => {
    await chown(folder, 65_534, 65_534);
    await expect(openFolder(folder)).rejects.toMatchObject({
      code: "folder-untrusted",
      message: `Other users can write to the working directory: ${folder} belongs to user 65534.`,
    });
  });
});
