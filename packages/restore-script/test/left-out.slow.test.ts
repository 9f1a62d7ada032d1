// What a tar cannot restore is found, and reported, whichever tar it is.
import { open, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, type How, setUpBench } from "./bench.ts";
import { benchForTests } from "./bench-for-tests.ts";
import { archiveForFullDisk } from "./full-disk.ts";
import { applet } from "./matrix.ts";
import type { Ended } from "./run-script.ts";

const SHELLS = ["dash", "bash", "busybox sh", "ksh", "zsh --emulate sh"];
const BUSYBOX: How = { programs: { tar: applet("tar") } };
const NO_ROOM = "tar: ./numbers: Cannot write: No space left on device";
const bench = await benchForTests();

describe("A backup that may have a file of 64 GiB", () => {
  test.each([["restored"], ["--list", "--without-index"], ["--verify"]])(
    "is not given to busybox tar, which would lose it (%s)",
    async (...args) => {
      await bench.archive({}, { tarBytes: 70_000_000_000 });
      const ended = await restore(BUSYBOX, "--ignore-space", ...args);
      expect(ended).toMatchObject({ status: 1 });
      expect(ended.lastLine).toMatch(/reads the sizes of large files wrongly, .*GNU tar or bsdtar/);
      expect(bench.server.requests).toEqual([]);
    },
  );

  test.each(["tar", "bsdtar"])("is given to %s", async (tar) => {
    await bench.archive({}, { tarBytes: 70_000_000_000 });
    const ended = await restore({}, "--ignore-space", "--tar", tar, "restored");
    expect(ended).toMatchObject({ status: 0 });
  });

  test("may be written as a tar, whatever tar there is", async () => {
    await bench.archive({}, { tarBytes: 70_000_000_000 });
    const ended = await restore(BUSYBOX, "--ignore-space", "--output", "x.tar");
    expect(ended).toMatchObject({ status: 0 });
  });
});

test("a tar that reads a size without an end wrongly is refused from 8 GiB on", async () => {
  // Shows the first member alone, as if the rest of the tar were the first one's.
  const tar =
    '#!/bin/sh\ncase $1 in -tf) busybox tar "$@" | head -n 1 ;; *) exec busybox tar "$@" ;; esac\n';
  await bench.archive({}, { tarBytes: 9_000_000_000 });
  const ended = await restore({ programs: { tar } }, "--ignore-space", "restored");
  expect(ended.lastLine).toMatch(/reads the sizes of large files wrongly/);
  expect(await restore(BUSYBOX, "--ignore-space", "restored")).toMatchObject({ status: 0 });
});

test("what busybox tar leaves out by nature is said beforehand", async () => {
  await bench.archive({});
  const ended = await restore(BUSYBOX, "restored");
  expect(ended).toMatchObject({ status: 0 });
  expect(ended.stderr).toMatch(
    /Warning: this tar \(busybox\) leaves out extended attributes, .* owners above 16,777,215/,
  );
});

test("what a tar names as left out is no success, even if its status is 0", async () => {
  await bench.archive({});
  const line = "tar: can't create node ./dev: Operation not permitted";
  const tar = `#!/bin/sh\nbusybox tar "$@" && case "$*" in *-x*) echo "${line}" >&2 ;; esac\n`;
  const ended = await restore({ programs: { tar } }, "restored");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toContain(`what was restored is not whole: ${line} (To restore devices`);
});

test("an access list that names a user whom a namespace does not have is a warning", async () => {
  await bench.archive({});
  // As bsdtar 3.6 says it.
  const line = "./numbers: Failed to set acl on fd: access: Invalid argument";
  const tar = `#!/bin/sh\nbsdtar "$@" || exit\ncase "$*" in *-x*) echo "${line}" >&2 && exit 1 ;; esac\n`;
  const ended = await restore({ programs: { tar } }, "restored");
  expect(ended).toMatchObject({ status: 0 });
  expect(ended.stderr).toContain(`${line}\nWarning: extended attributes, or access lists, of the`);
});

test.each(["tar", "bsdtar"])(
  "%s reports attributes that the disk cannot have, and the rest is restored",
  async (tar) => {
    await bench.archive({
      tarOptions: "--format=posix --pax-option=SCHILY.xattr.system.nfs4_acl:=abc",
    });
    const ended = await restore({}, "--tar", tar, "restored");
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.stderr).toMatch(/nfs4_acl|Cannot restore extended attributes/);
    expect(ended.stderr).toMatch(/^Warning: extended attributes, or access lists, of the files/m);
    expect(ended.lastLine).toMatch(/^Restored backup 7 of gandalf/);
  },
);

describe.each(SHELLS)("Under %s", (shell) => {
  test("a disk that is full ends it soon, not after all chunks were fetched", async () => {
    const chunks = await archiveForFullDisk(bench);
    const tar = `#!/bin/sh\ncase $1 in --*) exec /usr/bin/tar "$@" ;; esac\nhead -c 10000 >/dev/null\necho '${NO_ROOM}' >&2\ncat >/dev/null\nexit 2\n`;
    const ended = await restore({ shell, programs: { tar } }, "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toContain(`what was restored is not whole: ${NO_ROOM} (`);
    expect(bench.server.requests.length).toBeLessThan(chunks * 0.75);
    await bench.nothingIsLeft();
  });
});

test("--force, which each further run needs, does not turn the check for space off", async () => {
  await bench.archive({});
  const how = { programs: { df: df(800) } };
  for (const args of [["restored"], ["--force", "restored"]]) {
    const ended = await restore(how, ...args);
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/restored has 819\.2 kB free, .* add --ignore-space\.$/);
  }
  expect(await restore(how, "--ignore-space", "restored")).toMatchObject({ status: 0 });
  // What the first run has left is overwritten, and needs no room again.
  expect(await restore(how, "--force", "restored")).toMatchObject({ status: 0 });
});

describe("Files with holes", () => {
  let sparse: Bench;
  beforeAll(async () => {
    sparse = await setUpBench();
    const file = join(sparse.tree, "holes");
    await writeFile(file, "");
    await truncate(file, 16_777_216);
    const handle = await open(file, "r+");
    await handle.write("data", 8_388_608);
    await handle.close();
  });
  afterAll(async () => {
    await sparse.tearDown();
  });

  test("have them again with bsdtar, and GNU tar's user is told of it where space is short", async () => {
    await sparse.startAfresh();
    await sparse.archive({ encryption: null, chunkSize: 4_000_000 });
    const args = ["--tar", "bsdtar", "restored"];
    expect(await sparse.run(args)).toMatchObject({ status: 0 });
    const { size, blocks } = await stat(sparse.path("restored/holes"));
    expect(size).toBe(16_777_216);
    expect(blocks * 512).toBeLessThan(1_000_000);
    const short = await sparse.run(["other"], { programs: { df: df(9000) } });
    expect(short).toMatchObject({ status: 1 });
    expect(short.lastLine).toMatch(
      /with --tar bsdtar, files with holes such as disk images, add --ignore-space/,
    );
  });
});

/** Of which all disks but the temporary files' have so many kB. */
function df(free: number): string {
  return `#!/bin/sh
case $3 in *temporary*) free=99999999 ;; *) free=${free} ;; esac
echo 'Filesystem 1024-blocks Used Available Capacity Mounted on'
echo "/dev/disk 263174212 26000000 $free 25% /"
`;
}

async function restore(how: How, ...args: string[]): Promise<Ended> {
  return await bench.run(["--passphrase-file", bench.passphraseFile, ...args], how);
}
