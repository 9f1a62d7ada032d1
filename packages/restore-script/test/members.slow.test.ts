import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { beforeEach, describe, expect, test } from "vitest";
import { benchForTests } from "./bench-for-tests.ts";
import type { Ended } from "./run-script.ts";
import { ATTEMPT, EARLIER } from "./stored-archive.ts";

const GZIP = { compression: { name: "gzip", suffix: ".gz" }, index: true };
const INDEX = ["SHA256SUMS.gpg", "members.0001.gz.gpg", "members.0002.gz.gpg"];
const FIRST = `${ATTEMPT}.00000001.gz.gpg`;
const SECOND = `${EARLIER}.00000002.gz.gpg`;
const bench = await benchForTests(GZIP);

async function restore(...args: string[]): Promise<Ended> {
  return await bench.run(["--passphrase-file", bench.passphraseFile, ...args]);
}

/** Lines of `listTree`, of names that begin so. */
async function treeOf(...starts: string[]): Promise<string[]> {
  const lines = await listTree(bench.tree);
  return lines.filter((line) => starts.some((start) => line.startsWith(start)));
}

describe("What is fetched", () => {
  test("--list fetches the index alone", async () => {
    const { stdout, status } = await restore("--list");
    expect(status).toBe(0);
    expect(bench.server.requests).toEqual(INDEX);
    const lines = stdout.toString("utf8").trimEnd().split("\n");
    expect(lines).toHaveLength((await listTree(bench.tree)).length + 1);
    expect(lines).toContainEqual(
      expect.stringMatching(/^-rwsr-xr-x 0\/0 +10 \d{4}-\d\d-\d\d \d\d:\d\d etc\/set-uid$/),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^drwxr-xr-x .* etc\/empty folder\/$/));
    // Which of the two comes first is the folder's.
    expect(stdout.toString()).toMatch(
      /^hrw-r----- 0\/0 +0 .* etc\/(hard link link to etc\/passwd|passwd link to etc\/hard link)$/m,
    );
    expect(stdout.toString()).toContain(" etc/new\\0012line 'quoted' $(id)\n");
  });

  test("a file fetches the index and its chunks, and the last line says what came back", async () => {
    const ended = await restore("restored", "etc/set-uid");
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.lastLine).toBe(
      `Restored 1 file of backup 7 of gandalf into ${bench.path("restored")}: the chunk was as archived.`,
    );
    expect(bench.server.requests).toEqual([...INDEX, FIRST]);
    expect(await listTree(bench.path("restored"))).toEqual([
      ...(await treeOf('"etc" ')),
      ...(await treeOf('"etc"/"set-uid"')),
    ]);
    await bench.nothingIsLeft();
  });

  test("with --download, only its chunks are kept, and it comes back without the network", async () => {
    expect(await restore("--download", "chunks", "restored", "noise")).toMatchObject({ status: 0 });
    const kept = await readdir(bench.path("chunks"));
    expect(kept).toContain(FIRST);
    expect(kept).not.toContain(`${EARLIER}.00000005.gz.gpg`);
    bench.server.faults.set("", { faults: [{ status: 503 }], always: true });
    const again = await restore("--download", "chunks", "--tries=1", "again", "noise");
    expect(again).toMatchObject({ status: 0 });
    expect(await listTree(bench.path("again"))).toEqual(await treeOf('"noise"'));
  });

  test("--download alone keeps the index too, for members without the network", async () => {
    expect(await restore("--download", "chunks")).toMatchObject({ status: 0 });
    bench.server.faults.set("", { faults: [{ status: 503 }], always: true });
    bench.server.requests.length = 0;
    expect(await restore("--download", "chunks", "--list")).toMatchObject({ status: 0 });
    const ended = await restore("--download", "chunks", "restored", "numbers");
    expect(ended).toMatchObject({ status: 0 });
    expect(bench.server.requests).toEqual([]);
  });

  test("where there is no index, or it is not to be used, all chunks are read", async () => {
    for (const [options, args] of [
      [{ ...GZIP, index: false }, []],
      [GZIP, ["--without-index"]],
    ] as const) {
      await bench.archive(options);
      bench.server.requests.length = 0;
      const ended = await restore(...args, "--force", "restored", "/numbers");
      expect(ended).toMatchObject({ status: 0 });
      expect(bench.server.requests).toHaveLength(6);
      expect(bench.server.requests).not.toContain(INDEX[1]);
      expect((await restore(...args, "--list", "numbers")).stdout.toString()).toMatch(/numbers\n$/);
    }
  });
});

describe("What is restored", () => {
  test.each(["/etc/set-uid", "etc/set-uid", "./etc/set-uid", "etc//./set-uid", "//etc/set-uid/"])(
    "%s is the file, as people write it",
    async (name) => {
      expect(await restore("restored", name)).toMatchObject({ status: 0 });
      expect(await readdir(bench.path("restored/etc"))).toEqual(["set-uid"]);
    },
  );

  test("a folder brings all below it, with links between them", async () => {
    const ended = await restore("restored", "etc/");
    expect(ended.lastLine).toMatch(/^Restored 4 files, 2 folders, 1 symbolic link of backup 7/);
    expect(await listTree(bench.path("restored"))).toEqual(await treeOf('"etc"'));
    expect(bench.server.requests).toEqual([...INDEX, FIRST]);
  });

  test("/ brings all, and folders have their own mode, owner and time", async () => {
    expect(await restore("restored", "/")).toMatchObject({ status: 0 });
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test.each(["etc/passwd", "etc/hard link"])(
    "of two names of one file, %s alone comes back with its bytes, and nothing else",
    async (name) => {
      expect(await restore("restored", name)).toMatchObject({ status: 0 });
      expect(await readdir(bench.path("restored"))).toEqual(["etc"]);
      expect(await readdir(bench.path("restored/etc"))).toEqual([name.slice(4)]);
      expect(await readFile(bench.path(`restored/${name}`), "utf8")).toBe("root:x:0:0\n");
      expect((await stat(bench.path(`restored/${name}`))).nlink).toBe(1);
    },
  );

  test("what is there stays, and its folder's mode too", async () => {
    expect(await restore("restored", "etc/set-uid")).toMatchObject({ status: 0 });
    await writeFile(bench.path("restored/etc/mine"), "mine");
    expect(await restore("restored", "etc/link")).toMatchObject({ status: 1 });
    expect(await restore("--force", "restored", "etc/link")).toMatchObject({ status: 0 });
    expect(await readdir(bench.path("restored/etc"))).toEqual(["link", "mine", "set-uid"]);
  });

  test.each([
    ["nu*", ["numbers"]],
    ["n*", ["etc", "noise", "numbers"]],
    ["/n?mbers", ["numbers"]],
    ["[!n]*", ["etc"]],
    ["*/[a-e]mpty*", ["etc"]],
    ["**/set-uid", ["etc"]],
    ["et?", ["etc"]],
  ])("the pattern %s brings what matches", async (glob, names) => {
    expect(await restore("restored", glob)).toMatchObject({ status: 0 });
    expect(await readdir(bench.path("restored"))).toEqual(names);
  });
});

test.each([
  ["*uid", ["etc/set-uid"]],
  ["etc/*link", ["etc/link", "etc/hard link"]],
  ["?oise", ["noise"]],
  ["**", ["etc/link", "noise", "numbers"]],
])("--find %s lists what matches", async (glob, names) => {
  const { stdout, status } = await restore("--find", glob);
  expect(status).toBe(0);
  const listed = stdout.toString().replaceAll(/ link to .*/g, "");
  for (const name of names) expect(listed).toContain(` ${name}\n`);
  expect(bench.server.requests).toEqual(INDEX);
});

test.each([["--list"], ["--find=*"]])("%s may be read in part", async (...args) => {
  // Longer than what waits between the two programs.
  const folder = "$(head -c 50000 /dev/zero | tr '\\0' x)";
  await bench.archive({ ...GZIP, tarOptions: `--transform "s,^,${folder}/,"` });
  const secret = ["--passphrase-file", bench.passphraseFile];
  const ended = await bench.run([...secret, ...args], { readsInPart: true });
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/The reader of the output has ended, so this has ended, too\.$/);
  await bench.nothingIsLeft();
});

test.each(["mawk", "busybox awk"])(
  "a full disk that --list is written to is named, with %s",
  async (awk) => {
    await bench.archive(GZIP);
    await writeFile(bench.path("onto-full"), '#!/bin/sh\nexec sh "$@" >/dev/full\n', {
      mode: 0o755,
    });
    const programs = { awk: `#!/bin/sh\nexec ${awk} "$@"\n` };
    const shell = bench.path("onto-full");
    const args = ["--passphrase-file", bench.passphraseFile, "--list"];
    const ended = await bench.run(args, { shell, programs });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/The list cannot be written: its disk is full\.$/);
  },
);

describe("What is not there", () => {
  test.each([
    [["etc/set-iud"], /has no etc\/set-iud; did you mean etc\/set-uid\?/],
    [["/set-uid"], /has no set-uid; did you mean etc\/set-uid\?/],
    [["noise", "numbrs"], /has no numbrs; did you mean numbers\?/],
    [["ect/hard link"], /has no ect\/hard link; did you mean etc\/hard link\?/],
    [["xyz"], /has no xyz\. Nothing was restored/],
    [["*.conf"], /has no \*\.conf\. Nothing was restored/],
  ])("%j is reported with the nearest names before a chunk is fetched", async (names, reason) => {
    const ended = await restore("restored", ...names);
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(reason);
    expect(bench.server.requests).toEqual(INDEX);
    expect(await readdir(bench.path("restored"))).toEqual([]);
  });

  test("--find says that nothing matches", async () => {
    const ended = await restore("--find", "*.conf");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/no file whose name matches \*\.conf/);
  });

  test.each([
    [["--find", "*", "numbers"], /--find takes one GLOB and no members: numbers/],
    [["--find", "*", "--without-index"], /--find needs the member index/],
    [["--find"], /--find needs a value/],
  ])("%j is reported as wrong usage", async (args, reason) => {
    const ended = await restore(...args);
    expect(ended).toMatchObject({ status: 2 });
    expect(ended.lastLine).toMatch(reason);
  });
});

describe("An index that is not that of the tar", () => {
  const damaged = /The member index is damaged .*: run with --without-index\.$/;

  test.each([
    ["another name", (text: string) => text.replace(/(?<=\t)\.\/noise/, "./nosie"), "nosie"],
    ["another place", (text: string) => text.replace(/^\d+(?=\t.*\.\/noise$)/m, "512"), "noise"],
    [
      "an end behind the tar's",
      (text: string) => text.replace(/\t(\d+)(?=\t0\t.*\.\/noise$)/m, "\t9$1"),
      "noise",
    ],
  ])("with %s is refused before tar gets anything", async (_, forgeIndex, name) => {
    await bench.archive({ ...GZIP, forgeIndex });
    const ended = await restore("restored", name);
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(damaged);
    expect(await readdir(bench.path("restored"))).toEqual([]);
    const all = await restore("--force", "--without-index", "restored", "noise");
    expect(all).toMatchObject({ status: 0 });
  });

  test("is refused where the store returns other bytes, or it differs from the sums", async () => {
    bench.server.faults.set("members.0002.gz.gpg", { faults: [{ flipBitAt: 99 }], always: true });
    const changed = await restore("--list");
    expect(changed).toMatchObject({ status: 1 });
    expect(changed.lastLine).toMatch(
      /member index .*other bytes than were archived.*--without-index/,
    );
    bench.server.faults.clear();
    await bench.edit((text) =>
      text.replace(/(members\.0001\.gz\.gpg) [0-9a-f]{64}/, `$1 ${"0".repeat(64)}`),
    );
    const forged = await restore("--list");
    expect(forged).toMatchObject({ status: 1 });
    expect(forged.lastLine).toMatch(/The member index in this script is not that of the archive/);
  });
});

test("a chunk that is not as archived is not used for members either", async () => {
  bench.server.faults.set(SECOND, { faults: [{ flipBitAt: 99 }], always: true });
  const ended = await restore("restored", "noise");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/Chunk 2 of 3 .*other bytes than were archived/);
  await rm(bench.path("restored"), { recursive: true });
});

describe("A script for some members", () => {
  const only = { names: ["etc/set-uid", "etc/new\\0012line 'quoted' $(id)"], chunks: new Set([0]) };

  beforeEach(async () => {
    await bench.archive(GZIP, { only });
  });

  test("has the chunks of no others, and restores them", async () => {
    const text = await bench.script();
    expect(text).toContain("# To restore what it is for into a new or empty directory");
    expect(text).toContain("It is for 2 members of the backup");
    expect(text).toMatch(/^\+ \d \d+$/m);
    expect(text.match(/^\d\.0000000\d /gm)).toHaveLength(1);
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.lastLine).toMatch(
      /^Restored 2 files of backup 7 .*: the chunk was as archived\.$/,
    );
    expect(await readdir(bench.path("restored/etc"))).toHaveLength(2);
    expect(bench.server.requests).toEqual([...INDEX, FIRST]);
  });

  test("saves their chunks for later, and lists all members", async () => {
    const saved = await restore("--download", "chunks");
    expect(saved).toMatchObject({ status: 0 });
    expect(saved.lastLine).toMatch(
      /^What this script restores of backup 7 of gandalf is in .*chunks\. /,
    );
    expect(bench.server.requests).toEqual([...INDEX, FIRST]);
    bench.server.faults.set("", { faults: [{ status: 503 }], always: true });
    expect(await restore("--download", "chunks", "restored")).toMatchObject({ status: 0 });
    expect((await restore("--download", "chunks", "--list")).stdout.toString()).toMatch(/ noise\n/);
  });

  test("says what it does not have", async () => {
    const other = await restore("restored", "noise");
    expect(other).toMatchObject({ status: 1 });
    expect(other.lastLine).toMatch(
      /does not have the chunks of all that you ask for.*backup-manager/,
    );
    for (const args of [["--verify"], ["--output=x"], ["--without-index", "restored"]]) {
      const ended = await restore(...args);
      expect(ended).toMatchObject({ status: 2 });
      expect(ended.lastLine).toMatch(/This script has the chunks of some members only/);
    }
  });
});
