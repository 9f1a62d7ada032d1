import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { installDebianPackages } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildDeb } from "../../src/deb/build-deb.ts";
import { PLAIN, standaloneOn } from "../../src/deb/package-kind.ts";
import { repository } from "./repository.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lintian-"));
  await installDebianPackages([{ name: "lintian", reason: "checks Debian packages" }], () => {});
});
afterAll(async () => await rm(folder, { recursive: true }));

test.each([PLAIN, standaloneOn(process.arch, "0")])(
  "lintian has nothing to say of $name but what is overridden with a reason",
  async (kind) => {
    const deb = await buildDeb({ ...(await repository()), kind }, folder);
    const { stdout } = await promisify(execFile)("lintian", ["--allow-root", "--no-cfg", deb]);
    expect(stdout).toBe("");
  },
);
