import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { lockHost } from "../../src/folder/lock-host.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-"));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

describe("lockHost", () => {
  test("refuses a second holder until the first has released it", async () => {
    const lock = await lockHost(folder, "web");
    await expect(lockHost(folder, "web")).rejects.toMatchObject({
      code: "locked",
      message: `Another run for web holds the lock ${join(folder, "web.lock")}.`,
    });
    await lock.release();
    await lock.release();
    await (await lockHost(folder, "web")).release();
  });

  test("keeps hosts apart whose names begin alike", async () => {
    const locks = await Promise.all(
      ["web", "web.example.com"].map((host) => lockHost(folder, host)),
    );
    expect(locks).toHaveLength(2);
    for (const lock of locks) await lock.release();
  });

  test("lets exactly one of many in", async () => {
    const tried = await Promise.allSettled(
      Array.from({ length: 8 }, () => lockHost(folder, "web")),
    );
    const won = tried.filter((one) => one.status === "fulfilled");
    expect(won).toHaveLength(1);
    await won[0]?.value.release();
  });

  test("is free as soon as its holder has been killed", async () => {
    const path = join(folder, "web.lock");
    const holder = spawn("flock", ["--no-fork", path, "sh", "-c", "echo locked; exec sleep 600"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    await once(holder.stdout, "data");
    await expect(lockHost(folder, "web")).rejects.toMatchObject({ code: "locked" });
    holder.kill("SIGKILL");
    await once(holder, "exit");
    await (await lockHost(folder, "web")).release();
  });

  test("fails where the folder is not there, or the lock is a link to another file", async () => {
    await expect(lockHost(join(folder, "missing"), "web")).rejects.toMatchObject({
      code: "folder-unusable",
      message: expect.stringMatching(/ENOENT/),
    });
    await symlink(join(folder, "elsewhere"), join(folder, "web.lock"));
    await expect(lockHost(folder, "web")).rejects.toMatchObject({
      code: "folder-unusable",
      message: expect.stringMatching(/ELOOP/),
    });
  });

  test("fails where flock fails in another way, and does not take that for another holder", async () => {
    await writeFile(join(folder, "flock"), "#!/bin/sh\nexit 71\n", { mode: 0o755 });
    vi.stubEnv("PATH", folder);
    await expect(lockHost(folder, "web")).rejects.toMatchObject({
      code: "lock-failed",
      message: `The lock ${join(folder, "web.lock")} could not be taken: flock ended with status 71.`,
    });
  });

  describe("without flock(1)", () => {
    afterEach(() => void vi.unstubAllEnvs());

    test("fails, and does not take that for another holder", async () => {
      vi.stubEnv("PATH", folder);
      await expect(lockHost(folder, "web")).rejects.toMatchObject({
        code: "lock-failed",
        message: expect.stringMatching(/flock could not be run: .*ENOENT/),
      });
    });
  });
});
