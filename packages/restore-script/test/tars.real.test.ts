// What the kinds of tar make of names and of what they leave out.
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Bench, setUpBench } from "./bench.ts";
import { applet, withoutFolderTime } from "./matrix.ts";
import type { Ended } from "./run-script.ts";

const BSDTAR = { tar: '#!/bin/sh\nexec bsdtar "$@"\n' };
const BUSYBOX = { tar: applet("tar") };

let bench: Bench;
beforeAll(async () => {
  bench = await setUpBench();
  for (const folder of ["d [1]", "d 1"]) {
    await mkdir(join(bench.tree, folder));
    await writeFile(join(bench.tree, folder, "file"), folder);
  }
  // Longer than a header's field, in UTF-8 and not.
  for (const tail of [Buffer.from("café"), Buffer.from("café", "latin1")])
    await writeFile(
      Buffer.concat([Buffer.from(join(bench.tree, "long-".repeat(25))), tail]),
      "long",
    );
});
afterAll(async () => {
  await bench.tearDown();
});
beforeEach(async () => {
  await bench.startAfresh();
});

describe.each([
  ["GNU tar", {}],
  ["bsdtar", BSDTAR],
  ["busybox tar", BUSYBOX],
])("With %s", (tar, programs) => {
  const restore = async (...args: string[]): Promise<Ended> =>
    await bench.run([...secret(), ...args], { programs });

  test("names that no encoding knows come back, also in a locale without any", async () => {
    // As BackupPC writes them: GNU tar's own long names have no encoding.
    await bench.archive({ tarOptions: "--format=posix" });
    for (const LC_ALL of ["C", "C.UTF-8"]) {
      const ended = await bench.run([...secret(), LC_ALL], { programs, env: { LC_ALL } });
      expect(ended).toMatchObject({ status: 0 });
      expect(await kept(bench.path(LC_ALL))).toEqual(await kept(bench.tree));
    }
  });

  test.each(["a\\101", "a\\nb\\", "\\\\a"])(
    "the directory %j is the one that gets them",
    async (target) => {
      await bench.archive({ tarOptions: "--format=posix" });
      expect(await restore(target)).toMatchObject({ status: 0 });
      expect(await kept(bench.path(target))).toEqual(await kept(bench.tree));
      await rm(bench.path(target), { recursive: true });
      expect(await restore("--without-index", target, "numbers")).toMatchObject({ status: 0 });
      expect(await readdir(bench.path(target))).toEqual(["numbers"]);
    },
  );

  test("members are named with or without what BackupPC puts before them", async () => {
    await bench.archive({});
    for (const name of ["./numbers", "numbers", "/numbers"]) {
      expect(await restore("--without-index", "restored", name)).toMatchObject({ status: 0 });
      expect(await readdir(bench.path("restored"))).toEqual(["numbers"]);
      await rm(bench.path("restored"), { recursive: true });
    }
    const all = "--without-index";
    expect((await restore(all, "--list", "numbers")).stdout.toString()).toMatch(
      /^\S+ .* \.\/numbers\n$/,
    );
    expect((await restore(all, "restored", "./numbers", "/nothing")).lastLine).toMatch(
      /tar failed.*\.\/nothing/,
    );
  });

  test("a failure among such names still is one", async () => {
    await bench.archive({ tarOptions: "--format=posix" });
    const ended = await restore("--without-index", "restored", "./nothing");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/tar failed.*\.\/nothing/);
  });

  async function kept(folder: string): Promise<string[]> {
    const lines = await listTree(folder);
    return tar === "busybox tar" ? lines.map(withoutFolderTime) : lines;
  }
});

test.each([
  ["GNU tar", {}],
  ["bsdtar", BSDTAR],
])("With %s a member's name is no pattern", async (_, programs) => {
  await bench.archive({});
  const ended = await bench.run([...secret(), "--without-index", "restored", "./d [1]"], {
    programs,
  });
  expect(ended).toMatchObject({ status: 0 });
  expect(await readdir(bench.path("restored"))).toEqual(["d [1]"]);
});

test("With busybox tar a member's name that it would take as a pattern is refused", async () => {
  await bench.archive({});
  const ended = await bench.run([...secret(), "--without-index", "restored", "./d [1]"], {
    programs: BUSYBOX,
  });
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(
    /busybox tar takes \.\/d \[1\] as a pattern.*the folder that contains it.*GNU tar/,
  );
  expect(bench.server.requests).toEqual([]);
});

function secret(): string[] {
  return ["--passphrase-file", bench.passphraseFile];
}
