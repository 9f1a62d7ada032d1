import { rm } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { benchForTests } from "./bench-for-tests.ts";

const bench = await benchForTests();

const UNCHECKED = /Warning: this archive was stored without SHA-256 sums: .*Nothing would show/;

describe.each(["dash", "bash"])("Under %s", (shell) => {
  const restore = async (...args: string[]) =>
    await bench.run(["--passphrase-file", bench.passphraseFile, ...args], { shell });

  test.each([
    ["split, without compression", { compression: "none" }],
    ["split, with gpg's ZLIB", { compression: "ZLIB" }],
    ["split, with gpg's BZIP2", { compression: "BZIP2" }],
    ["in one piece", { splitSize: 0 }],
  ] as const)("a legacy archive comes back: %s", async (_, options) => {
    await bench.archiveAsLegacy(options);
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.stderr).toMatch(UNCHECKED);
    expect(ended.lastLine).toMatch(
      /^Restored .*: (all \d+ chunks|the chunk) had the length that (they have|it has) in the store/,
    );
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test("one that gpg finds unprotected is decrypted only on demand", async () => {
    // What gpg wrote until 2018 for the cipher that was its default.
    await bench.archiveAsLegacy({ gpg: ["--rfc2440", "--cipher-algo", "CAST5"] });
    const refused = await restore("restored");
    expect(refused).toMatchObject({ status: 1 });
    expect(refused.lastLine).toMatch(/without protection against changes.*--accept-unprotected\.$/);
    const ended = await restore("--accept-unprotected", "--force", "restored");
    expect(ended).toMatchObject({ status: 0 });
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test("a flipped bit, which no SHA-256 shows, is found by gpg", async () => {
    await bench.archiveAsLegacy({});
    bench.server.faults.set("ar.ac.gpg", { faults: [{ flipBitAt: 30_000 }] });
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/gpg cannot decrypt gandalf\.7\.tar\.ac\.gpg/);
    expect(ended.lastLine).toMatch(/The next run, with --force, starts again/);
    expect(await restore("--force", "restored")).toMatchObject({ status: 0 });
  });

  test("one that was kept is reported, with how to have it fetched again", async () => {
    await bench.archiveAsLegacy({});
    bench.server.faults.set("ar.ac.gpg", { faults: [{ flipBitAt: 30_000 }] });
    const ended = await restore("--download", "chunks", "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /gpg cannot decrypt gandalf\.7\.tar\.ac\.gpg: .* delete .*chunks\/gandalf\.7\.tar\.ac\.gpg\.\)$/,
    );
    await rm(bench.path("chunks/gandalf.7.tar.ac.gpg"));
    expect(await restore("--download", "chunks", "--force", "restored")).toMatchObject({
      status: 0,
    });
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test("a chunk of another length is refused", async () => {
    await bench.archiveAsLegacy({});
    bench.server.faults.set("ar.ac.gpg", {
      faults: [{ insteadSend: "gandalf.7.tar.aa.gpg" }],
      always: true,
    });
    const ended = await restore("--tries", "2", "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/Chunk 3 of \d+ .*(length differs|ended after)/);
  });
});
