// What someone who can write to the store, and has no passphrase, may put there.
import { mkdtemp, readdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { benchForTests, GZIP } from "./bench-for-tests.ts";
import { endKeyring, makeKey } from "./matrix.ts";
import type { Ended } from "./run-script.ts";
import type { ArchiveOptions } from "./stored-archive.ts";

/** To gpg, this "decrypts" to its text with exit status 0. */
const LITERAL = "gpg --batch --quiet --store";
const bench = await benchForTests();
let keyring: string;
let [mine, another] = ["", ""];

beforeAll(async () => {
  keyring = await mkdtemp(join(tmpdir(), "restore-keys-"));
  mine = await makeKey(keyring);
  another = await makeKey(keyring, "", "other@example.org");
});
afterAll(async () => {
  await endKeyring(keyring);
});

test.each<[string, ArchiveOptions, RegExp]>([
  ["that was never encrypted", { forgeWith: { chunks: LITERAL } }, /is not encrypted as this arch/],
  [
    "in one piece that was never encrypted",
    { forgeWith: { chunks: LITERAL }, chunkSize: 10_000_000 },
    /Chunk 1|is not encrypted as this archive is/,
  ],
])("a chunk %s is refused before tar sees it", async (_, options, reason) => {
  await bench.archive({ ...GZIP, ...options });
  const ended = await restore("--without-sums", "restored");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(reason);
});

test("of a batch with one chunk that was never encrypted, only what is before that reaches tar", async () => {
  // Whoever archived has done it: the list of chunks is right.
  const right = "gpg --batch --quiet --pinentry-mode loopback --passphrase-fd 3 --symmetric";
  const third = `case $0 in *.00000003.*) ${LITERAL} ;; *) ${right} --compress-algo none ;; esac`;
  await bench.archive({ forgeWith: { chunks: `sh -c '${third}' "$2"` } });
  const ended = await restore("--output", "tar");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/\.00000003\S+ is not encrypted as this archive is/);
  expect((await stat(bench.path("tar"))).size).toBe(200_000);
});

test("without anything that proves the list of chunks, nothing of a forged one reaches tar", async () => {
  const forgeWith = { chunks: LITERAL };
  for (const options of [{ ...GZIP, forgeWith }, { forgeWith }]) {
    await bench.archive(options, { unverified: true });
    const ended = await restore("--force", "--without-sums", "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/\.00000001\S+ is not encrypted as this archive is/);
    expect(await readdir(bench.path("restored"))).toEqual([]);
  }
});

test("sums that were never encrypted are refused, and no chunk is fetched", async () => {
  await bench.archive({ ...GZIP, forgeWith: { sums: LITERAL } });
  const ended = await restore("restored");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/SHA256SUMS\.gpg is not encrypted as this archive is/);
  expect(bench.server.requests).toEqual(["SHA256SUMS.gpg"]);
});

test("what is encrypted to a key of the keyring is refused where a passphrase is expected", async () => {
  const forger = `gpg --batch --quiet --trust-model always --recipient ${mine} --encrypt`;
  for (const forgeWith of [{ sums: forger }, { chunks: forger }]) {
    await bench.archive({ ...GZIP, keyring, forgeWith });
    const ended = await restore("--force", "restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(
      /gpg cannot decrypt \S+: .*|is not encrypted as this archive is/,
    );
    expect(await readdir(bench.path("restored"))).toEqual([]);
  }
});

test("what is encrypted to another key of the keyring than the archive's is refused", async () => {
  const forger = `gpg --batch --quiet --trust-model always --recipient ${another} --encrypt`;
  const encryption = { passphrase: false, recipients: [mine], subkeys: [] };
  await bench.archive({ ...GZIP, encryption, keyring, forgeWith: { sums: forger } });
  const ended = await bench.run(["restored"], { env: { GNUPGHOME: keyring } });
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(/SHA256SUMS\.gpg is not encrypted as this archive is/);
  await bench.archive({ ...GZIP, encryption, keyring });
  const right = await bench.run(["--force", "restored"], { env: { GNUPGHOME: keyring } });
  expect(right).toMatchObject({ status: 0 });
});

describe("Sums that were encrypted for another archive are refused:", () => {
  test.each<[string, (text: string) => string, RegExp]>([
    [
      "without their first line",
      (text) => text.replace(/^#.*\n/, ""),
      /do not say that they belong/,
    ],
    ["of another host", (text) => text.replace("# gandalf", "# witte"), /do not say that they bel/],
    ["of another backup", (text) => text.replace("f 7 2", "f 8 2"), /do not say that they belong/],
    ["of another attempt", (text) => text.replace("5f3a9c m", "5f3a9d m"), /do not say that they/],
    [
      "of another manifest",
      (text) => text.replace(/manifest [0-9a-f]{64}/, `manifest ${"0".repeat(64)}`),
      /belong to another manifest/,
    ],
    ["of fewer chunks", (text) => text.replace(/.*\.tar\.[\s\S]*$/m, ""), /end too early/],
    [
      "whose chunks have other digests",
      (text) => text.replace(/^[0-9a-f]{64}/m, "0".repeat(64)),
      /\.00000001\S+ differs from the encrypted SHA256SUMS/,
    ],
  ])("%s", async (_, forgeSums, reason) => {
    await bench.archive({ ...GZIP, forgeSums });
    const ended = await restore("restored");
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(reason);
    expect(bench.server.requests).toEqual(["SHA256SUMS.gpg"]);
  });
});

test("an archive of ours without sums is refused unless that is asked for", async () => {
  await bench.archive({ ...GZIP, sums: false });
  const ended = await restore("restored");
  expect(ended).toMatchObject({ status: 1 });
  expect(ended.lastLine).toMatch(
    /has no \S+SHA256SUMS\.gpg, so it is damaged or forged.*--without/,
  );
  expect(await restore("--without-sums", "restored")).toMatchObject({ status: 0 });
  expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
});

test("a script whose archive's signature nobody verified warns of it", async () => {
  await bench.archive(GZIP, { unverified: true });
  expect(await bench.script()).toMatch(/^# {3}verified {4}NO: no trusted signature/m);
  const ended = await restore("restored");
  expect(ended).toMatchObject({ status: 0 });
  expect(ended.stderr).toMatch(/^Warning: no trusted signature of this archive was verified/m);
});

async function restore(...args: string[]): Promise<Ended> {
  const env = { GNUPGHOME: keyring };
  return await bench.run(["--passphrase-file", bench.passphraseFile, ...args], { env });
}
