import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { writeSums } from "../src/write-sums.ts";

test("SHA256SUMS has every file but itself, as sha256sum writes it, also the second time", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sums-"));
  try {
    await writeFile(join(folder, "b.tgz"), "b");
    await writeFile(join(folder, "a.deb"), "a");
    await writeSums(folder);
    await writeSums(folder);
    const { stdout } = await promisify(execFile)("sha256sum", ["a.deb", "b.tgz"], { cwd: folder });
    expect(await readFile(join(folder, "SHA256SUMS"), "utf8")).toBe(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
});
