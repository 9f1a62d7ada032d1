import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packBundles } from "../../src/bundles/pack-bundles.ts";
import { repository } from "../deb/repository.ts";

const run = promisify(execFile);
let folder: string;
let tarball: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pack-bundles-"));
  tarball = await packBundles(await repository(), folder);
});
afterAll(async () => await rm(folder, { recursive: true }));

test("Both programs run from where the tarball is unpacked", async () => {
  await run("tar", ["--extract", "--file", tarball, "--directory", folder]);
  const unpacked = join(folder, basename(tarball, ".tar.gz"));
  for (const program of ["archive-host", "backup-manager"]) {
    const { stdout } = await run(join(unpacked, `${program}.mjs`), ["--help"]);
    expect(stdout).toMatch(new RegExp(`^${program} `));
  }
  expect(await readFile(join(unpacked, "backup-manager.1"), "utf8")).toContain(".TH");
});

test("The tarball has the same bytes when it is made again", async () => {
  const again = join(folder, "again");
  await mkdir(again);
  const second = await packBundles(await repository(), again);
  expect((await readFile(second)).equals(await readFile(tarball))).toBe(true);
});
