import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildDeb } from "../../src/deb/build-deb.ts";
import { PLAIN } from "../../src/deb/package-kind.ts";
import { repository } from "./repository.ts";

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "deb-"));
});
afterAll(async () => await rm(folder, { recursive: true }));

describe("buildDeb", () => {
  let deb: string;
  beforeAll(async () => {
    deb = await buildDeb({ ...(await repository()), kind: PLAIN }, folder);
  });

  test("builds the same bytes again, whatever the umask", async () => {
    const again = join(folder, "again");
    await mkdir(again);
    const before = process.umask(0o077);
    try {
      const second = await buildDeb({ ...(await repository()), kind: PLAIN }, again);
      expect(await digestOf(second)).toBe(await digestOf(deb));
    } finally {
      process.umask(before);
    }
  });

  test("gives all files to root, and none a time of the build", async () => {
    const { stdout } = await run("dpkg-deb", ["--contents", deb], {
      env: { TZ: "UTC", PATH: "/usr/bin:/bin" },
    });
    for (const line of stdout.trim().split("\n"))
      expect(line).toMatch(/^[dl-][rwx-]{9} root\/root +\d+ 2026-11-18 11:06 /);
  });

  test("has the sum of every file that is no configuration", async () => {
    const unpacked = join(folder, "unpacked");
    await run("dpkg-deb", ["--raw-extract", deb, unpacked]);
    await run("md5sum", ["--check", "--strict", "--quiet", "DEBIAN/md5sums"], { cwd: unpacked });
    expect(await readFile(join(unpacked, "DEBIAN/conffiles"), "utf8")).toBe(
      "/etc/default/backuppc-archive-s3\n",
    );
  });
});

test("shellcheck has nothing to say of the maintainer's scripts", async () => {
  const { root } = await repository();
  const scripts = ["postinst", "prerm", "postrm"].map(
    (name) => `${root}/packages/packaging/debian/${name}`,
  );
  const { stdout } = await run("shellcheck", ["--shell=dash", ...scripts]);
  expect(stdout).toBe("");
});

async function digestOf(file: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}
