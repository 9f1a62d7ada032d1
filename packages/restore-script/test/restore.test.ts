import { mkdir, readdir, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listTree } from "../../test-rig/src/tree/list-tree.ts";
import { type Bench, setUpBench } from "./bench.ts";

const GZIP = { compression: { name: "gzip", suffix: ".gz" } };
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

    test("an error of the store, a hang-up and a damaged answer that pass are ridden out", async () => {
      await bench.archive(GZIP);
      bench.server.faults.set("1.gz.gpg", { faults: [{ status: 500 }] });
      bench.server.faults.set("2.gz.gpg", { faults: [{ cutAfter: 20_000 }] });
      bench.server.faults.set("3.gz.gpg", { faults: [{ flipBitAt: 9_999 }] });
      expect(await restore("--jobs", "3", "restored")).toMatchObject({ status: 0 });
      expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
    });

    test.each([
      ["is gone", { status: 404 }, /Chunk 3 of \d+ .*HTTP 404/],
      ["is refused", { status: 403 }, /Chunk 3 of \d+ .*refuses the URL \(HTTP 403\).*new script/],
      [
        "fails for good",
        { status: 503 },
        /Chunk 3 of \d+ .*HTTP 503\. Tried 2 times: run the script again later/,
      ],
      ["ends early", { truncateTo: 30_000 }, /Chunk 3 of \d+ .*(ended after 30000 of|HTTP 416)/],
      ["has a flipped bit", { flipBitAt: 30_000 }, /Chunk 3 of \d+ .*SHA-256 differs/],
      [
        "is another chunk",
        { insteadSend: "gandalf.7.tar.00000002.gz.gpg" },
        /Chunk 3 of \d+ .*(length differs|ended after)/,
      ],
    ])("a chunk that %s ends it with its reason", async (_, fault, reason) => {
      await bench.archive(GZIP);
      bench.server.faults.set("3.gz.gpg", { faults: [fault], always: true });
      const ended = await restore("--tries", "2", "restored");
      expect(ended).toMatchObject({ status: 1 });
      expect(ended.lastLine).toMatch(reason);
      await bench.nothingIsLeft();
    });
  });

  const restore = async (...args: string[]) =>
    await bench.run([...withPassphrase(), ...args], { shell });

  test("what was downloaded is restored without the network, and is not fetched again", async () => {
    await bench.archive(GZIP);
    expect(await bench.run(["--download", "chunks"], { shell })).toMatchObject({ status: 0 });
    const fetched = bench.server.requests.length;
    expect(await bench.run(["--download=chunks"], { shell })).toMatchObject({ status: 0 });
    expect(bench.server.requests).toHaveLength(fetched);
    await bench.archive(GZIP, { origin: "http://127.0.0.1:1", expires: new Date(0) });
    expect(await restore("--download", "chunks", "restored")).toMatchObject({ status: 0 });
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test("a download that was cut goes on where it stopped in the next run", async () => {
    await bench.archive(GZIP);
    bench.server.faults.set("2.gz.gpg", { faults: [{ cutAfter: 20_000 }] });
    const first = await bench.run(["--tries", "1", "--download", "chunks"], { shell });
    expect(first).toMatchObject({ status: 1 });
    expect(first.lastLine).toMatch(
      /1 of \d+ chunks could not .*Chunk 2 of \d+ .*cannot be fetched/,
    );
    expect(await readdir(bench.path("chunks"))).toContain("gandalf.7.tar.00000002.gz.gpg.part");
    expect(await bench.run(["--download", "chunks"], { shell })).toMatchObject({ status: 0 });
    expect(bench.server.resumed).toEqual(["gandalf.7.tar.00000002.gz.gpg"]);
  });

  test("a kept chunk that was damaged is fetched again", async () => {
    await bench.archive(GZIP);
    await bench.run(["--download", "chunks"], { shell });
    await writeFile(bench.path("chunks/gandalf.7.tar.00000002.gz.gpg"), "spoiled");
    expect(await restore("--download", "chunks", "--verify")).toMatchObject({ status: 0 });
  });

  test("expired URLs are told before a passphrase is asked for", async () => {
    await bench.archive(GZIP, { expires: new Date("2026-01-02T03:04:05Z") });
    const ended = await bench.run(["restored"], { shell });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /expired on 2026-01-02 03:04:05 UTC\. Write a new script: backup-manager script --host=gandalf --backup-number=7$/,
    );
  });

  test("the wrong passphrase restores nothing", async () => {
    await bench.archive(GZIP);
    const ended = await bench.run(["--passphrase-file", "-", "restored"], {
      shell,
      stdin: "wrong\n",
    });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/The passphrase is wrong/);
    expect(await readdir(bench.path("restored"))).toEqual([]);
  });

  test("without the sums, too, the wrong passphrase is told", async () => {
    await bench.archive({ ...GZIP, sums: false });
    const ended = await bench.run(["--passphrase-file=-", "restored"], { shell, stdin: "wrong" });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/The passphrase is wrong/);
  });

  test("a script whose chunks are swapped disagrees with the sealed sums", async () => {
    await bench.archive(GZIP, { reorder: true });
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/differs from the sealed SHA256SUMS. Nothing was restored/);
    expect(bench.server.requests).toEqual(["SHA256SUMS.gpg"]);
  });

  test("plaintext that is not what was archived is caught by the sums", async () => {
    const forge = (text: string): string =>
      text.replace(/[0-9a-f]{64}(?= {2}gandalf\.7\.tar\.00000002\n)/, "0".repeat(64));
    await bench.archive({ ...GZIP, forgeSums: forge });
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/Chunk 2 of .*not what was archived/);
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
    expect((await restore("--list")).stdout.toString()).toMatch(/ \.\/numbers\n/);
    expect((await restore("--verify")).lastLine).toMatch(/^All \d+ chunks .*can be restored/);
    expect(await restore("--output", "out.tar")).toMatchObject({ status: 0 });
    const piped = await restore("--output", "-");
    expect(piped.status).toBe(0);
    expect(await bench.tarNames("out.tar")).toEqual(await bench.tarNames("-", piped.stdout));
  });

  test("a member that is not there is a failure", async () => {
    await bench.archive(GZIP);
    const ended = await restore("some", "./nothing");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/tar failed.*nothing/);
  });

  test("a tar that fails half-way is told in its own words", async () => {
    await bench.archive(GZIP);
    const tar =
      "#!/bin/sh\nhead -c 70000 >/dev/null; echo 'tar: No space left on device' >&2; exit 2\n";
    const ended = await bench.run([...withPassphrase(), "restored"], { shell, programs: { tar } });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/tar failed.*No space left on device/);
  });

  test("a chunk that does not decompress is named", async () => {
    await bench.archive({ sums: false }, GZIP);
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/Chunk 1 of .*gzip cannot decompress it/);
  });

  test.each(["gpg", "tar", "gzip"])("without %s nothing begins", async (program) => {
    await bench.archive(GZIP);
    const ended = await bench.run([...withPassphrase(), "restored"], { shell, hidden: [program] });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(new RegExp(`${program} was not found`));
    expect(bench.server.requests).toEqual([]);
  });

  test("without a terminal it asks for --passphrase-file", async () => {
    await bench.archive(GZIP);
    const ended = await bench.run(["restored"], { shell });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/no terminal .*--passphrase-file/);
  });

  test("an archive that is not encrypted needs neither gpg nor a passphrase", async () => {
    await bench.archive({ ...GZIP, encryption: null });
    expect(await bench.run(["restored"], { shell, hidden: ["gpg", "gpg2", "gpg1"] })).toMatchObject(
      { status: 0 },
    );
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test("a partial archive is restored only with --accept-partial", async () => {
    await bench.archive(GZIP, { status: "partial" });
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/partial: .*--accept-partial/);
    expect(await restore("--accept-partial", "restored")).toMatchObject({ status: 0 });
  });

  test("INT in the middle ends it at once, and leaves no temporary file", async () => {
    await bench.archive(GZIP);
    bench.server.faults.set("3.gz.gpg", { faults: [{ hang: true }], always: true });
    const ended = await bench.run([...withPassphrase(), "restored"], {
      shell,
      interruptWhen: () => bench.server.requests.some((name) => name.endsWith("3.gz.gpg")),
    });
    expect(ended).toMatchObject({ status: 130 });
    await bench.nothingIsLeft();
  });

  test.each([0.3, 0.6, 0.95])("%s of the script does nothing", async (part) => {
    await bench.archive(GZIP);
    await bench.cutScript(part);
    await restore("restored");
    expect(bench.server.requests).toEqual([]);
    expect(await readdir(bench.folder)).not.toContain("restored");
  });
});

function withPassphrase(): string[] {
  return ["--passphrase-file", bench.passphraseFile];
}
