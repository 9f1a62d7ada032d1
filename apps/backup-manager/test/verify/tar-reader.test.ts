import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startTarReader } from "../../src/verify/tar-reader.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tar-reader-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

describe("startTarReader", () => {
  test("tells what tar complains of, also where tar has ended long before the last byte", async () => {
    const tar = await startTarReader();
    for (let piece = 0; piece < 50; piece++) {
      await tar.read(Buffer.alloc(300_000, "no tar"));
      await sleep(piece % 3);
    }
    expect(await tar.complaint()).toMatch(/^tar: /);
  });

  test("tells that tar was killed", async () => {
    await writeFile(join(folder, "tar"), "#!/bin/sh\nhead -c 1000 > /dev/null\nkill -9 $$\n");
    await chmod(join(folder, "tar"), 0o755);
    vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
    const tar = await startTarReader();
    for (let piece = 0; piece < 10; piece++) await tar.read(Buffer.alloc(300_000));
    expect(await tar.complaint()).toBe("tar: was killed by SIGKILL");
  });

  test("fails where there is no tar", async () => {
    vi.stubEnv("PATH", folder);
    await expect(startTarReader()).rejects.toMatchObject({ code: "cannot-run" });
  });
});
