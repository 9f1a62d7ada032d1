import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { lockFile } from "../../src/lock/lock-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-"));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

describe("lockFile", () => {
  test("refuses a second holder until the first has released it, and leaves no file", async () => {
    const path = join(folder, "web.1.lock");
    const lock = await lockFile(path);
    await expect(lockFile(path)).rejects.toMatchObject({ code: "locked" });
    await lock.release();
    await (await lockFile(path)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  test("keeps hosts apart whose names begin alike", async () => {
    const names = ["web.1.lock", "web.example.com.1.lock"];
    const locks = await Promise.all(names.map((name) => lockFile(join(folder, name))));
    expect(await readdir(folder)).toEqual(names);
    for (const lock of locks) await lock.release();
  });

  test("lets exactly one of many in", async () => {
    const path = join(folder, "web.1.lock");
    const tried = await Promise.allSettled(Array.from({ length: 8 }, () => lockFile(path)));
    const won = tried.filter((one) => one.status === "fulfilled");
    expect(won).toHaveLength(1);
    await won[0]?.value.release();
  });

  test("is free as soon as its holder has been killed", async () => {
    const path = join(folder, "web.1.lock");
    const holder = spawn("flock", ["--no-fork", path, "sh", "-c", "echo locked; exec sleep 60"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    await once(holder.stdout, "data");
    await expect(lockFile(path)).rejects.toMatchObject({ code: "locked" });
    holder.kill("SIGKILL");
    await once(holder, "exit");
    await (await lockFile(path)).release();
  });

  test("leaves the lock alone that another has, where somebody has removed the first one's file", async () => {
    const path = join(folder, "web.1.lock");
    const first = await lockFile(path);
    await rm(path);
    const second = await lockFile(path);
    await first.release();
    await expect(lockFile(path)).rejects.toMatchObject({ code: "locked" });
    await second.release();
    expect(await readdir(folder)).toEqual([]);
  });

  test("fails where the folder is not there", async () => {
    const locking = lockFile(join(folder, "missing", "lock"));
    await expect(locking).rejects.toMatchObject({
      code: "spool-failed",
      message: expect.stringMatching(/ENOENT/),
    });
  });

  describe("without flock(1)", () => {
    afterEach(() => void vi.unstubAllEnvs());

    test("fails, and does not take that for another holder", async () => {
      vi.stubEnv("PATH", folder);
      await expect(lockFile(join(folder, "web.1.lock"))).rejects.toMatchObject({
        code: "lock-failed",
        message: expect.stringMatching(/flock could not be run: .*ENOENT/),
      });
    });
  });
});
