import { readdir, symlink, mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { benchForTests, GZIP } from "./bench-for-tests.ts";
import type { Fault } from "./fault-server.ts";
import type { Ended } from "./run-script.ts";
import { ATTEMPT, EARLIER } from "./stored-archive.ts";

const bench = await benchForTests(GZIP);

describe.each([
  ["dash", "curl"],
  ["bash", "wget"],
] as const)("Under %s with %s", (shell, downloader) => {
  test.each<[string, Fault, RegExp]>([
    [
      "is gone",
      { status: 404 },
      /not have it any more \(HTTP 404\).*try another backup of gandalf/,
    ],
    ["is refused", { status: 403 }, /refuses the URL \(HTTP 403\).*Write a new script: backup-man/],
    [
      "has a URL that expired with its credentials",
      refusal("ExpiredToken"),
      /credentials .* expired/,
    ],
    ["was signed by a key that is no more", refusal("InvalidAccessKeyId"), /key .* was deleted/],
    ["has a changed URL", refusal("SignatureDoesNotMatch"), /was the script changed\?/],
    ["lies in Glacier", refusal("InvalidObjectState"), /cold storage.*thawed.*restore-object/],
    ["fails for good", { status: 503 }, /HTTP 503\. Tried 2 times: try again later\. The next run/],
    ["ends early", { truncateTo: 30_000 }, /ended after 30000 of \d+ bytes|HTTP 416/],
    [
      "has a flipped bit",
      { flipBitAt: 30_000 },
      /other bytes than were archived \(SHA-256 differs\)/,
    ],
  ])("a chunk that %s ends it, and the next run restores", async (_, fault, reason) => {
    bench.server.faults.set("3.gz.gpg", { faults: [fault], always: true });
    expect(await restoredAfterFailure(reason)).toEqual(await listTree(bench.tree));
  });

  test("a flipped bit is found in the first chunk and in the last", async () => {
    const names = await storedChunks();
    for (const name of [names.at(0) ?? "", names.at(-1) ?? ""]) {
      bench.server.faults.set(name, { faults: [{ flipBitAt: 999 }], always: true });
      const ended = await restore("--tries=1", "--verify");
      bench.server.faults.clear();
      expect(ended).toMatchObject({ status: 1 });
      expect(ended.lastLine).toContain(`(${name}): the store returns other bytes than`);
    }
    expect(await restore("--verify")).toMatchObject({ status: 0 });
  });

  test("URLs that expire in the middle are reported as that, and a new script goes on", async () => {
    // A clock that goes two hours on whenever it is looked at once the restore is on its way.
    const date = `#!/bin/sh
[ ! -s chunks/${ATTEMPT}.00000001.gz.gpg ] || echo >>looks
echo $(($(/bin/date +%s) + 7200 * $(cat looks 2>/dev/null | wc -l)))
`;
    bench.server.faults.set("3.gz.gpg", { faults: [{ status: 403 }], always: true });
    const ended = await restoreWith({ date }, "--download", "chunks", "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /Chunk 3 of .* The URLs in this script expired on .* Write a new script: backup-manager script \S+ \S+ -f FILE \(The next run, with --force, uses what is in .*chunks, and fetches only the rest\.\)$/,
    );
    bench.server.faults.clear();
    await bench.archive(GZIP);
    expect(await restore("--download", "chunks", "--force", "restored")).toMatchObject({
      status: 0,
    });
    expect(bench.server.requests.filter((name) => name.endsWith("1.gz.gpg"))).toHaveLength(1);
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test("with --download, the run after one that failed fetches only what is missing", async () => {
    bench.server.faults.set("3.gz.gpg", { faults: [{ status: 503 }], always: true });
    const ended = await restore("--tries", "1", "--download", "chunks", "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /Chunk 3 of .*HTTP 503\..* The next run, with --force, uses what is in .*chunks, and fetches only the rest\.$/,
    );
    bench.server.faults.clear();
    bench.server.requests.length = 0;
    expect(await restore("--force", "--download", "chunks", "restored")).toMatchObject({
      status: 0,
    });
    expect(bench.server.requests.filter((name) => /[12]\.gz\.gpg$/.test(name))).toEqual([]);
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test("what restores nothing may be run again as it was", async () => {
    bench.server.faults.set("3.gz.gpg", { faults: [{ status: 503 }], always: true });
    const ended = await restore("--tries", "1", "--verify");
    expect(ended.lastLine).toMatch(
      /HTTP 503\..* The next run starts again; with --download CHUNKS,/,
    );
  });

  test("two chunks swapped, whole and of the same length, end it", async () => {
    await bench.archive({ encryption: null });
    const [second, third] = [`${EARLIER}.00000002`, `${ATTEMPT}.00000003`];
    bench.server.faults.set(second, { faults: [{ insteadSend: third }], always: true });
    bench.server.faults.set(third, { faults: [{ insteadSend: second }], always: true });
    expect(await restoredAfterFailure(/Chunk 2 of .*SHA-256 differs/)).toEqual(
      await listTree(bench.tree),
    );
  });

  test("a chunk of an older archive in its place ends it", async () => {
    await bench.archive({ ...GZIP, sums: false });
    const older = join(bench.server.folder, `${ATTEMPT}.00000003.gz.gpg`);
    await bench.archive(GZIP);
    const insteadSend = relative(bench.server.folder, older);
    bench.server.faults.set("3.gz.gpg", { faults: [{ insteadSend }], always: true });
    expect(await restoredAfterFailure(/Chunk 3 of .*damaged or was replaced/)).toEqual(
      await listTree(bench.tree),
    );
  });

  test("errors that pass are reported and ridden out, and a cut chunk goes on where it was cut", async () => {
    bench.server.faults.set("1.gz.gpg", { faults: [{ status: 500 }, { status: 500 }] });
    bench.server.faults.set("2.gz.gpg", { faults: [{ cutAfter: 20_000 }], always: true });
    bench.server.faults.set("3.gz.gpg", { faults: [{ flipBitAt: 9_999 }] });
    // Each piece that comes is progress, so two tries are enough for any number of cuts.
    const ended = await restore("--jobs", "3", "--tries", "2", "restored");
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.stderr).toMatch(
      /1\.gz\.gpg: the store answers HTTP 500\. Trying again in 1 s \(2 of 2\)/,
    );
    expect(bench.server.resumed).toContain(`${EARLIER}.00000002.gz.gpg`);
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test("a lost SHA256SUMS.gpg ends it, and can be done without", async () => {
    bench.server.faults.set("SHA256SUMS.gpg", { faults: [{ status: 404 }], always: true });
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/SHA256SUMS\.gpg: .*HTTP 404.*add --without-sums\.$/);
    expect(await restore("--without-sums", "restored")).toMatchObject({ status: 0 });
  });

  test("a web page in the place of what was asked for is reported, and ridden out", async () => {
    const page: Fault = { status: 200, body: `<html>Log in${" ".repeat(200_000)}</html>` };
    const sums = "SHA256SUMS.gpg";
    const chunk = "2.gz.gpg";
    for (const name of [sums, chunk]) {
      bench.server.faults.set(name, { faults: [page], always: true });
      const ended = await restore("--tries", "2", "--force", "restored");
      bench.server.faults.clear();
      expect(ended).toMatchObject({ status: 1 });
      expect(ended.lastLine).toMatch(
        /something else came than an encrypted chunk, such as a web page: .*log in/,
      );
      bench.server.faults.set(name, { faults: [page] });
      expect(await restore("--force", "restored")).toMatchObject({ status: 0 });
    }
  });

  test("sums that the store has damaged are reported, and can be done without", async () => {
    bench.server.faults.set("SHA256SUMS.gpg", { faults: [{ truncateTo: 100 }], always: true });
    const ended = await restore("--tries=1", "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/SHA256SUMS\.gpg.*--without-sums/);
    expect(await restore("--without-sums", "restored")).toMatchObject({ status: 0 });
  });

  test("a broken connection is reported in the downloader's words", async () => {
    const cut = { cutAfter: 20_000 };
    bench.server.faults.set("3.gz.gpg", { faults: [cut, cut] });
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.stderr).toMatch(/3\.gz\.gpg: it cannot be fetched \(.*closed.*\)\. Trying again/);
  });

  test("a chunk that is lost does not keep the others from being downloaded", async () => {
    bench.server.faults.set("2.gz.gpg", { faults: [{ status: 404 }], always: true });
    const ended = await restore("--download", "chunks");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/1 of \d+ chunks could not be fetched; .*Chunk 2 of .*HTTP 404/);
    const chunks = await storedChunks();
    expect((await readdir(bench.path("chunks"))).toSorted()).toEqual(
      [...chunks, "gandalf.7.20261122T031500Z-5f3a9c.SHA256SUMS.gpg"].filter(
        (name) => !name.endsWith("2.gz.gpg"),
      ),
    );
  });

  test("a disk that is full when a chunk is written ends it", async () => {
    await mkdir(bench.path("chunks/.partial"), { recursive: true });
    const part = bench.path(`chunks/.partial/${EARLIER}.00000002.gz.gpg`);
    await symlink("/dev/full", part);
    const ended = await restore("--download", "chunks");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /Chunk 2 of .*cannot be written to .*chunks, whose disk may be full/,
    );
  });

  const restore = async (...args: string[]): Promise<Ended> => await restoreWith({}, ...args);

  async function restoreWith(programs: Programs, ...args: string[]): Promise<Ended> {
    const secret = ["--passphrase-file", bench.passphraseFile];
    return await bench.run([...secret, ...args], { shell, downloader, programs });
  }

  async function restoredAfterFailure(reason: RegExp): Promise<string[]> {
    const ended = await restore("--tries", "2", "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/^restore\.sh: Chunk \d of \d+ /);
    expect(ended.lastLine).toMatch(reason);
    expect(ended.lastLine).toMatch(
      /try another backup of gandalf\.$|The next run, with --force, starts again; with --download CHUNKS, runs go on where the last one stopped\.\)?$/,
    );
    await bench.nothingIsLeft();
    bench.server.faults.clear();
    expect(await restore("--force", "restored")).toMatchObject({ status: 0 });
    return await listTree(bench.path("restored"));
  }
});

/** By their names, their texts. */
type Programs = Readonly<Record<string, string>>;

/** How S3 refuses with a reason. */
function refusal(code: string): Fault {
  return { status: 403, body: `<?xml version="1.0"?>\n<Error><Code>${code}</Code></Error>` };
}

async function storedChunks(): Promise<string[]> {
  const names = await readdir(bench.server.folder);
  return names.filter((name) => !name.includes("SUMS")).toSorted();
}
