import { statSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { benchForTests, GZIP } from "./bench-for-tests.ts";
import type { Ended } from "./run-script.ts";
import { ATTEMPT, EARLIER } from "./stored-archive.ts";

const bench = await benchForTests();

describe.each(["dash", "bash"])("Under %s", (shell) => {
  const restore = async (...args: string[]) =>
    await bench.run(["--passphrase-file", bench.passphraseFile, ...args], { shell });

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
    const cut = { cutAfter: 20_000 };
    bench.server.faults.set("2.gz.gpg", { faults: [cut, cut] });
    const first = await bench.run(["--tries", "1", "--download", "chunks"], { shell });
    expect(first).toMatchObject({ status: 1 });
    expect(first.lastLine).toMatch(
      /1 of \d+ chunks could not .*Chunk 2 of \d+ .*cannot be fetched/,
    );
    expect(await readdir(bench.path("chunks"))).toContain(".partial");
    expect(await bench.run(["--download", "chunks"], { shell })).toMatchObject({ status: 0 });
    // In the first run's second try, and in the second run.
    const name = `${EARLIER}.00000002.gz.gpg`;
    expect(bench.server.resumed).toEqual([name, name]);
  });

  test("a kept chunk that was damaged is fetched again", async () => {
    await bench.archive(GZIP);
    await bench.run(["--download", "chunks"], { shell });
    await writeFile(bench.path(`chunks/${EARLIER}.00000002.gz.gpg`), "spoiled");
    expect(await restore("--download", "chunks", "--verify")).toMatchObject({ status: 0 });
  });

  test("what was downloaded is restored where there is no downloader", async () => {
    await bench.archive(GZIP);
    await bench.run(["--download", "chunks"], { shell });
    const args = ["--passphrase-file", bench.passphraseFile, "--download", "chunks", "restored"];
    const hidden = ["curl", "wget"];
    expect(await bench.run(args, { shell, hidden })).toMatchObject({ status: 0 });
    await writeFile(bench.path(`chunks/${ATTEMPT}.00000003.gz.gpg`), "spoiled");
    const ended = await bench.run(["--force", ...args], { shell, hidden });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.stderr).toMatch(/what was kept of it is damaged \(its length differs\)/);
    expect(ended.lastLine).toMatch(/Chunk 3 of .*must be fetched, but neither curl nor wget was/);
  });

  test("INT keeps what was downloaded for the next run", async () => {
    await bench.archive(GZIP);
    bench.server.faults.set("3.gz.gpg", { faults: [{ hang: true }] });
    const ended = await bench.run(["--download", "chunks"], {
      shell,
      interruptWhen: () => bench.server.requests.some((name) => name.endsWith("3.gz.gpg")),
    });
    expect(ended).toMatchObject({ status: 130 });
    expect(ended.lastLine).toMatch(
      /Interrupted\. The next run uses what is in .*chunks, and fetches only the rest\.$/,
    );
    expect(await bench.run(["--download", "chunks"], { shell })).toMatchObject({ status: 0 });
    expect(bench.server.requests.filter((name) => name.endsWith("1.gz.gpg"))).toHaveLength(1);
  });

  test.each(["curl", "wget"] as const)(
    "INT in the middle of a chunk keeps what %s had of it, and the next run restores",
    async (downloader) => {
      await bench.archive(GZIP);
      bench.server.faults.set("3.gz.gpg", { faults: [{ stallAfter: 20_000 }] });
      const args = ["--passphrase-file", bench.passphraseFile, "--download", "chunks", "restored"];
      const part = bench.path(`chunks/.partial/${ATTEMPT}.00000003.gz.gpg`);
      const ended = await bench.run(args, {
        shell,
        downloader,
        interruptWhen: () => (statSync(part, { throwIfNoEntry: false })?.size ?? 0) >= 10_000,
      });
      expect(ended).toMatchObject({ status: 130 });
      expect(ended.lastLine).toMatch(
        /Interrupted\. The next run, with --force, uses what is in .*chunks, and fetches only the/,
      );
      await bench.nothingIsLeft();
      expect(await bench.run(["--force", ...args], { shell, downloader })).toMatchObject({
        status: 0,
      });
      expect(bench.server.resumed).toEqual([`${ATTEMPT}.00000003.gz.gpg`]);
      expect(bench.server.requests.filter((name) => name.endsWith("1.gz.gpg"))).toHaveLength(1);
      expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
    },
  );

  test("kept sums that were damaged are fetched again", async () => {
    await bench.archive(GZIP);
    await bench.run(["--download", "chunks"], { shell });
    await writeFile(bench.path(`chunks/gandalf.7.${ATTEMPT}.SHA256SUMS.gpg`), "spoiled");
    expect(await restore("--download", "chunks", "restored")).toMatchObject({ status: 0 });
  });

  test("kept sums that nobody can read, and whose digest nobody knows, are named, with what to do", async () => {
    await bench.archive({ ...GZIP, sumsDigest: false });
    bench.server.faults.set("SHA256SUMS.gpg", { faults: [{ truncateTo: 100 }] });
    const ended = await restore("--download", "chunks", "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /gpg cannot decrypt \S+SHA256SUMS\.gpg: .* delete .*chunks\/gandalf\.7\.\S+\.SHA256SUMS\.gpg\.\)/,
    );
    await rm(bench.path(`chunks/gandalf.7.${ATTEMPT}.SHA256SUMS.gpg`));
    expect(await restore("--download", "chunks", "restored")).toMatchObject({ status: 0 });
  });

  test("one directory holds the chunks of several archives", async () => {
    const archives = [
      { ...GZIP, host: "gandalf" },
      { ...GZIP, host: "witte", attempt: "20261123T031500Z-000001" },
    ];
    for (const archive of archives) {
      await bench.archive(archive);
      expect(await bench.run(["--download", "chunks"], { shell })).toMatchObject({ status: 0 });
    }
    for (const archive of archives) {
      await bench.archive(archive, { origin: "http://127.0.0.1:1" });
      expect(await restore("--tries=1", "--download", "chunks", archive.host)).toMatchObject({
        status: 0,
      });
    }
  });

  test("another attempt at the same backup has chunks and sums of its own", async () => {
    await bench.archive(GZIP);
    expect(await bench.run(["--download", "chunks"], { shell })).toMatchObject({ status: 0 });
    await bench.archive({ ...GZIP, attempt: "20261123T031500Z-000001" });
    expect(await bench.run(["--download", "chunks"], { shell })).toMatchObject({ status: 0 });
    expect(await restore("--download", "chunks", "restored")).toMatchObject({ status: 0 });
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test("a second run on the same directory is refused while the first one is at work", async () => {
    await bench.archive(GZIP);
    bench.server.faults.set("3.gz.gpg", { faults: [{ stallAfter: 20_000 }] });
    let second: Promise<Ended> | undefined;
    let refused = false;
    const first = await bench.run(["--download", "chunks"], {
      shell,
      interruptWhen: () => {
        if (bench.server.requests.some((name) => name.endsWith("3.gz.gpg")))
          second ??= restore("--download", "chunks", "restored").finally(() => (refused = true));
        return refused;
      },
    });
    expect(first).toMatchObject({ status: 130 });
    const ended = await second;
    expect(ended).toMatchObject({ status: 1 });
    expect(ended?.lastLine).toMatch(/Another run is using .*chunks \(process \d+\)/);
    expect(await readdir(bench.folder)).not.toContain("restored");
    expect(await restore("--download", "chunks", "restored")).toMatchObject({ status: 0 });
  });

  test("what a run that was killed left in the directory does not stop the next one", async () => {
    await bench.archive(GZIP);
    await mkdir(bench.path("chunks"));
    await writeFile(bench.path("chunks/.in-use"), "999999999\n");
    expect(await bench.run(["--download", "chunks"], { shell })).toMatchObject({ status: 0 });
    expect(await readdir(bench.path("chunks"))).not.toContain(".in-use");
  });
});
