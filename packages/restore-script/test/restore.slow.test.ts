import { mkdir, readdir, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { benchForTests, GZIP } from "./bench-for-tests.ts";

const bench = await benchForTests();

describe.each(["dash", "bash"])("Under %s", (shell) => {
  describe.each(["curl", "wget"] as const)("with %s", (downloader) => {
    const restore = async (...args: string[]) =>
      await bench.run([...withPassphrase(), ...args], { shell, downloader });

    test("the tree comes back, and no temporary file stays", async () => {
      await bench.archive(GZIP);
      const ended = await restore("restored");
      expect(ended).toMatchObject({ status: 0 });
      expect(ended.lastLine).toMatch(
        /^Restored backup 7 of gandalf into .*restored: all \d+ chunks/,
      );
      expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
      await bench.nothingIsLeft();
    });
  });

  const restore = async (...args: string[]) =>
    await bench.run([...withPassphrase(), ...args], { shell });

  test("expired URLs are reported before a passphrase is asked for", async () => {
    await bench.archive(GZIP, { expires: new Date("2026-01-02T03:04:05Z") });
    const ended = await bench.run(["restored"], { shell });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /expired on 2026-01-02 03:04:05 UTC\. Write a new script: backup-manager script --host=gandalf --backup-number=7 -f FILE$/,
    );
    await bench.archive(GZIP);
    expect(await restore("restored")).toMatchObject({ status: 0 });
  });

  test("a directory that is not empty is left alone without --force", async () => {
    await bench.archive(GZIP);
    await mkdir(bench.path("restored"));
    await writeFile(bench.path("restored/mine"), "");
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/not empty/);
    expect(await restore("--force", "restored")).toMatchObject({ status: 0 });
  });

  test.each(["with space", "new\nline", "quote'\"$(id)`id`", "./-dash"])(
    "the directory may be called %j",
    async (target) => {
      await bench.archive({});
      expect(await restore(target)).toMatchObject({ status: 0 });
      expect(await listTree(bench.path(target))).toEqual(await listTree(bench.tree));
    },
  );

  test("members alone are restored, listed, verified, and written as a tar", async () => {
    await bench.archive(GZIP);
    expect(await restore("some", "./numbers")).toMatchObject({ status: 0 });
    expect(await readdir(bench.path("some"))).toEqual(["numbers"]);
    const listed = await restore("--list");
    expect(listed.stdout.toString()).toMatch(/ \.\/numbers\n/);
    expect(listed.lastLine).toMatch(
      /^The list of backup 7 of gandalf is whole: all \d+ chunks were as archived\.$/,
    );
    expect((await restore("--verify")).lastLine).toMatch(
      /^Backup 7 of gandalf can be restored: all \d+ chunks were as archived\.$/,
    );
    const written = await restore("--output", "out.tar");
    expect(written.status).toBe(0);
    expect(written.lastLine.replace(/all \d+/, "all N")).toBe(
      `The tar of backup 7 of gandalf is in ${bench.path("out.tar")}: all N chunks were as archived.`,
    );
    const piped = await restore("--output", "-");
    expect(piped.status).toBe(0);
    expect(piped.lastLine).toMatch(
      /^The tar of backup 7 of gandalf went to standard output: all \d+ chunks were as archived\.$/,
    );
    expect(await bench.tarNames("out.tar")).toEqual(await bench.tarNames("-", piped.stdout));
  });

  test("messages of a backup of one chunk are in the singular", async () => {
    await bench.archive({ chunkSize: 100_000_000 });
    expect((await restore("restored")).lastLine).toMatch(/: the chunk was as archived\.$/);
    expect((await restore("--verify")).lastLine).toMatch(/: the chunk was as archived\.$/);
    expect((await restore("--download", "chunks")).lastLine).toMatch(
      /^The whole of backup 7 of gandalf is in .*chunks\. To restore it, /,
    );
    await bench.archiveAsLegacy({ splitSize: 100_000_000 });
    expect((await restore("legacy")).lastLine).toMatch(
      /: the chunk had the length that it has in the store\.$/,
    );
  });

  test("a disk that is too small is reported before anything is fetched", async () => {
    await bench.archive(GZIP);
    const df = `#!/bin/sh
echo 'Filesystem     1024-blocks      Used Available Capacity Mounted on'
case $3 in *restored) free=99 ;; *) free=99999999 ;; esac
echo "/dev/my disk     263174212  26000000 $free      25% /a b"
`;
    const args = [...withPassphrase(), "restored"];
    const ended = await bench.run(args, { shell, programs: { df } });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /restored has 101\.3 kB free, but \d+\.\d [kM]B are needed for the files/,
    );
    expect(bench.server.requests).toEqual([]);
    const ignored = await bench.run(["--ignore-space", ...args], { shell, programs: { df } });
    expect(ignored).toMatchObject({ status: 0 });
  });

  test("a member that is not there is a failure", async () => {
    await bench.archive(GZIP);
    const ended = await restore("some", "./nothing");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/tar failed.*nothing/);
  });

  test("a tar that fails half-way is reported in its own words", async () => {
    await bench.archive(GZIP);
    const tar =
      "#!/bin/sh\nhead -c 70000 >/dev/null; echo 'tar: No space left on device' >&2; exit 2\n";
    const ended = await bench.run([...withPassphrase(), "restored"], { shell, programs: { tar } });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/tar failed.*No space left on device/);
  });

  test("an awk that fails is reported in its own words", async () => {
    await bench.archive(GZIP);
    const awk = "#!/bin/sh\necho 'awk: out of memory' >&2; exit 2\n";
    const ended = await bench.run([...withPassphrase(), "restored"], { shell, programs: { awk } });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /^restore\.sh: awk cannot list the chunks in .*: awk: out of memory$/,
    );
  });

  test.each(["Broken pipe", "Connection reset by peer"])(
    "a tar that fails is reported, not a decompressor that says %s",
    async (words) => {
      await bench.archive(GZIP);
      const tar = "#!/bin/sh\nhead -c 70000 >/dev/null; echo 'tar: No space left' >&2; exit 2\n";
      const program = `#!/bin/sh\n/bin/gzip -dc | head -c 70000\necho "$0: write error (${words})" >&2; exit 1\n`;
      const programs = { tar, gzip: program, pigz: program, igzip: program };
      const ended = await bench.run([...withPassphrase(), "restored"], { shell, programs });
      expect(ended).toMatchObject({ status: 1 });
      expect(ended.lastLine).toMatch(/tar failed.*No space left/);
    },
  );

  test("a chunk that does not decompress is named", async () => {
    await bench.archive({}, GZIP);
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/Near chunk \d of .*: (igzip|pigz|gzip) cannot decompress it/);
    const verified = await restore("--verify");
    expect(verified).toMatchObject({ status: 1 });
    expect(verified.lastLine).toMatch(
      /Chunk 1 of \d \(20261122T031500Z-5f3a9c\.00000001\.gpg\): (igzip|pigz|gzip) cannot decompress it/,
    );
  });

  test.each([
    ["gpg", ["gpg1", "gpg2"]],
    ["tar", []],
    ["awk", []],
    ["gzip", ["igzip", "pigz"]],
  ])("without %s nothing begins", async (program, others) => {
    await bench.archive(GZIP);
    const hidden = [program, ...others];
    const ended = await bench.run([...withPassphrase(), "restored"], { shell, hidden });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(new RegExp(`${program} was not found`));
    expect(bench.server.requests).toEqual([]);
    expect(await restore("restored")).toMatchObject({ status: 0 });
  });

  test("an archive that is not encrypted needs neither gpg nor a passphrase", async () => {
    await bench.archive({ ...GZIP, encryption: null });
    expect(await bench.run(["restored"], { shell, hidden: ["gpg", "gpg2", "gpg1"] })).toMatchObject(
      { status: 0 },
    );
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test.each([
    ["partial", /partial: BackupPC met errors.*--accept-partial/],
    ["incomplete", /incomplete: it was never finished.*--accept-partial/],
  ] as const)("a %s archive is restored only with --accept-partial", async (status, reason) => {
    await bench.archive(GZIP, { status });
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(reason);
    const accepted = await restore("--accept-partial", "restored");
    expect(accepted).toMatchObject({ status: 0 });
    expect(accepted.stderr).toMatch(new RegExp(`^Warning: this archive is ${status}: `, "m"));
  });

  test("INT in the middle ends it at once, leaves no temporary file, and the next run restores", async () => {
    await bench.archive(GZIP);
    bench.server.faults.set("3.gz.gpg", { faults: [{ hang: true }], always: true });
    const ended = await bench.run([...withPassphrase(), "restored"], {
      shell,
      interruptWhen: () => bench.server.requests.some((name) => name.endsWith("3.gz.gpg")),
    });
    expect(ended).toMatchObject({ status: 130 });
    expect(ended.lastLine).toMatch(
      /Interrupted\. The next run, with --force, starts again; with --download CHUNKS, runs go on/,
    );
    await bench.nothingIsLeft();
    bench.server.faults.clear();
    expect(await restore("--force", "restored")).toMatchObject({ status: 0 });
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test.each([0.3, 0.6, 0.95])("%s of the script does nothing, and fails", async (part) => {
    await bench.archive(GZIP);
    await bench.cutScript(part);
    expect((await restore("restored")).status).not.toBe(0);
    expect(bench.server.requests).toEqual([]);
    expect(await readdir(bench.folder)).not.toContain("restored");
  });

  test("a decompressor that fails is named, not gpg, which then cannot write", async () => {
    await bench.archive(GZIP);
    const gzip = "#!/bin/sh\necho 'gzip: out of memory' >&2; exit 1\n";
    const how = { shell, programs: { gzip }, hidden: ["igzip", "pigz"] };
    const ended = await bench.run([...withPassphrase(), "restored"], how);
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /Near chunk 1 of .*: gzip cannot decompress it \(gzip: out of memory\)/,
    );
  });
});

function withPassphrase(): string[] {
  return ["--passphrase-file", bench.passphraseFile];
}
