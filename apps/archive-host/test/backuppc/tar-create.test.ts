import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTarCreate, type TarCreate } from "../../src/backuppc/tar-create.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tar-create-"));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

const DONE = 'echo "Done: 3 files, 10 bytes, 1 dirs, 0 specials, 0 errors" >&2';

async function start(script: string, controller = new AbortController()): Promise<TarCreate> {
  const path = join(folder, "BackupPC_tarCreate");
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return startTarCreate({
    path,
    host: "gandalf",
    number: 1,
    share: "*",
    pipe: join(folder, "pipe"),
    signal: controller.signal,
    onLine: () => {},
  });
}

async function drain(tarCreate: TarCreate): Promise<string> {
  let text = "";
  for await (const piece of tarCreate.tar) text += Buffer.from(piece).toString();
  return text;
}

describe("startTarCreate", () => {
  test("asks for one backup of one host as BackupPC's own archiver does", async () => {
    const tarCreate = await start(`echo "$@"; ${DONE}`);
    expect(await drain(tarCreate)).toBe("-t -h gandalf -n 1 -s * .\n");
    expect(await tarCreate.finished()).toEqual({ files: 3, errors: 0 });
  });

  test("counts the errors of the closing line", async () => {
    const tarCreate = await start(`echo x; ${DONE.replace("0 errors", "2 errors")}`);
    await drain(tarCreate);
    expect(await tarCreate.finished()).toEqual({ files: 3, errors: 2 });
  });

  test.each([
    [
      "perl's words while it ends",
      `${DONE}; echo "(in cleanup) Can't call method \\"close\\" on an undefined value during global destruction." >&2`,
    ],
    [
      "more of them, indented",
      `${DONE}; echo "Use of uninitialized value" >&2; echo "  at Lib.pm line 5." >&2; echo >&2`,
    ],
    [
      "a file's name that looks like one before it",
      `${DONE.replace("0 errors", "7 errors")}; echo "Unable to open x" >&2; ${DONE}`,
    ],
  ])("takes the last closing line, with %s", async (_, script) => {
    const tarCreate = await start(`echo x; ${script}`);
    await drain(tarCreate);
    expect(await tarCreate.finished()).toEqual({ files: 3, errors: 0 });
  });

  test.each([
    [`${DONE}; exit 1`, "BackupPC_tarCreate ended with status 1: Done: 3 files"],
    ["echo 'no such host' >&2; exit 1", "ended with status 1: no such host."],
    ["kill -9 $$", "BackupPC_tarCreate was killed by SIGKILL."],
    ["echo half a tar", "ended without its closing line"],
    [DONE.replace("0 errors", "9".repeat(400) + " errors"), "ended without its closing line"],
    [DONE.replace("Done", "was Done"), "ended without its closing line"],
  ])("fails if the program does %j", async (script, message) => {
    const tarCreate = await start(script);
    await drain(tarCreate);
    await expect(tarCreate.finished()).rejects.toThrow(message);
  });

  test("tells a refusal of several lines in one", async () => {
    const tarCreate = await start(
      'echo "fail: unknown host"; echo " (use -m)"; exit 1'.replaceAll(";", " >&2;"),
    );
    await drain(tarCreate);
    await expect(tarCreate.finished()).rejects.toThrow("status 1: fail: unknown host (use -m).");
  });

  test("fails if the program is not there", async () => {
    const starting = startTarCreate({
      path: join(folder, "missing"),
      host: "gandalf",
      number: 1,
      share: "*",
      pipe: join(folder, "pipe"),
      signal: new AbortController().signal,
      onLine: () => {},
    });
    await expect(starting).rejects.toThrow(/could not be run: .*ENOENT/);
  });

  test("kills the program when the archive is stopped, and throws why", async () => {
    const controller = new AbortController();
    const tarCreate = await start("exec sleep 600", controller);
    controller.abort(new Error("cancelled"));
    await expect(drain(tarCreate)).rejects.toThrow("cancelled");
    await expect(tarCreate.finished()).rejects.toThrow("cancelled");
  });
});
