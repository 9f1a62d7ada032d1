import { busyboxRoot, type BusyboxRoot, listTree } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Bench, setUpBench } from "./bench.ts";
import { withoutFolderTime } from "./matrix.ts";
import { runInRoot } from "./rescue-systems.ts";

let bench: Bench;
let root: BusyboxRoot;

beforeAll(async () => {
  bench = await setUpBench();
  root = await busyboxRoot(["/usr/bin/gpg"]);
});
afterAll(async () => {
  await root.remove();
  await bench.tearDown();
});
beforeEach(async () => {
  await bench.startAfresh();
});

test("a root with nothing but busybox and gpg restores an archive", async () => {
  await bench.archive({ compression: { name: "gzip", suffix: ".gz" } });
  const ended = await runInRoot(bench, root.folder);
  expect(ended).toMatchObject({ status: 0 });
  expect(ended.tree.map(withoutFolderTime)).toEqual(
    (await listTree(bench.tree)).map(withoutFolderTime),
  );
});

test("there, too, a legacy archive is restored", async () => {
  await bench.archiveAsLegacy({});
  const ended = await runInRoot(bench, root.folder);
  expect(ended).toMatchObject({ status: 0 });
  expect(ended.tree.map(withoutFolderTime)).toEqual(
    (await listTree(bench.tree)).map(withoutFolderTime),
  );
});

test("there, too, the wrong passphrase is reported", async () => {
  await bench.archive({});
  const { status, stderr } = await runInRoot(bench, root.folder, { passphrase: "wrong\n" });
  expect(status).toBe(1);
  expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/The passphrase is wrong/);
});
