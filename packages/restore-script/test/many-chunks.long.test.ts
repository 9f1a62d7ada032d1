import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { type Bench, setUpBench } from "./bench.ts";

let bench: Bench;

beforeAll(async () => {
  bench = await setUpBench();
});
afterAll(async () => {
  await bench.tearDown();
});
beforeEach(async () => {
  await bench.startAfresh();
});

const SHELLS = ["dash", "bash", "busybox sh", "ksh", "zsh --emulate sh"];

test.each(SHELLS)(
  "2,000 chunks come back in their order under %s, past the Python program's suffix zz",
  async (shell) => {
    await bench.archiveAsLegacy({ compression: null, splitSize: 200 });
    expect(await bench.script()).toContain("\ngandalf.7.tar.zaaa 200 - ");
    const ended = await bench.run(["--jobs", "2", "restored"], { shell });
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.stderr).toMatch(/chunk 2\d{3} of 2\d{3}, 100 %/);
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  },
);

test.each(SHELLS)(
  "of 2,000 chunks under %s, the run after one that failed fetches only what is missing",
  async (shell) => {
    await bench.archiveAsLegacy({ compression: null, splitSize: 200 });
    bench.server.faults.set("tar.zaaa", { faults: [{ status: 503 }], always: true });
    const args = ["--jobs", "2", "--tries", "1", "--download", "chunks", "restored"];
    const ended = await bench.run(args, { shell });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /Chunk \d+ of 2\d{3} .*HTTP 503.* The next run, with --force, uses/,
    );
    bench.server.faults.clear();
    const before = bench.server.requests.length;
    const fetchedBefore = new Set(await readdir(bench.path("chunks")));
    expect(await bench.run(["--force", ...args], { shell })).toMatchObject({ status: 0 });
    const anew = bench.server.requests.slice(before);
    expect(anew).toContain("gandalf.7.tar.zaaa");
    expect(anew.filter((name) => fetchedBefore.has(name))).toEqual([]);
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  },
);
