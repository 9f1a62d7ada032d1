// The same of roots that only root can make.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { promisify } from "node:util";
import { busyboxRoot, type BusyboxRoot } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Bench, setUpBench } from "./bench.ts";
import type { Ended } from "./run-script.ts";

const HARMLESS = { tar: "#!/bin/sh\ncat >/dev/null\n" };
const run = promisify(execFile);
let bench: Bench;
let root: BusyboxRoot;

beforeAll(async () => {
  bench = await setUpBench();
  root = await busyboxRoot([]);
});
afterAll(async () => {
  await root.remove();
  await bench.tearDown();
});
beforeEach(async () => {
  await bench.startAfresh();
  await bench.archive({});
});

test("the root of this system is refused under another name, too", async () => {
  await mkdir(bench.path("mounted"));
  await run("mount", ["--bind", "/", bench.path("mounted")]);
  try {
    const ended = await restore("--force", "mounted");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/This system runs from .*mounted: replacing its files/);
    expect(bench.server.requests).toEqual([]);
  } finally {
    await run("umount", [bench.path("mounted")]);
  }
});

test("the root of a system that runs beside this one is refused as long as it does", async () => {
  const child: ChildProcess = spawn("/usr/sbin/chroot", [
    root.folder,
    "/bin/sh",
    "-c",
    "echo; read",
  ]);
  const ended = once(child, "close");
  try {
    await once(child.stdout ?? child, "data");
    const refused = await restore("--force", root.folder);
    expect(refused).toMatchObject({ status: 1 });
    expect(refused.lastLine).toMatch(
      new RegExp(`A system runs \\(process ${child.pid}\\) from .*: replacing its files`),
    );
    expect(bench.server.requests).toEqual([]);
  } finally {
    child.stdin?.end();
    await ended;
  }
  expect(await restore("--force", root.folder)).toMatchObject({ status: 0 });
});

test("a disk is not overwritten as if it were a file", async () => {
  await run("mknod", [bench.path("disk"), "b", "7", "255"]);
  const ended = await restore("--output", "disk");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/This is a disk: .*disk\. Choose a file, or add --force/);
  expect(bench.server.requests).toEqual([]);
});

async function restore(...args: string[]): Promise<Ended> {
  return await bench.run(["--passphrase-file", bench.passphraseFile, ...args], {
    programs: HARMLESS,
  });
}
