import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debianRoot, listTree } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Bench, setUpBench } from "./bench.ts";
import { endKeyring, makeKey } from "./matrix.ts";
import { runInRoot } from "./rescue-systems.ts";

const GZIP = { compression: { name: "gzip", suffix: ".gz" } };
let bench: Bench;
let keyring: string;
let key: string;

beforeAll(async () => {
  bench = await setUpBench();
  keyring = await mkdtemp(join(tmpdir(), "restore-keys-"));
  key = await makeKey(keyring);
});
afterAll(async () => {
  await endKeyring(keyring);
  await bench.tearDown();
});
beforeEach(async () => {
  await bench.startAfresh();
});

describe.each([
  ["Debian 12, gpg 2.2", "bookworm", ["gpg", "gnupg1", "wget"], "gpg"],
  ["Debian 12, gpg 1.4", "bookworm", ["gpg", "gnupg1", "wget"], "gpg1"],
  ["Debian 13, gpg 2.4", "trixie", ["gpg", "wget"], "gpg"],
])("A minimal %s", (_, suite, packages, gpg) => {
  let root: string;
  beforeAll(async () => {
    root = await debianRoot({ suite, packages });
  });

  test("restores an archive by its passphrase", async () => {
    await bench.archive(GZIP);
    expect(await restoredTree()).toEqual(await listTree(bench.tree));
  });

  test("restores by its passphrase an archive that a key opens, too", async () => {
    await bench.archive({
      ...GZIP,
      encryption: { passphrase: true, recipients: [key], subkeys: [] },
      keyring,
    });
    expect(await restoredTree()).toEqual(await listTree(bench.tree));
  });

  test("restores a legacy archive", async () => {
    await bench.archiveAsLegacy({});
    expect(await restoredTree()).toEqual(await listTree(bench.tree));
  });

  test("reports the wrong passphrase", async () => {
    for (const sums of [true, false]) {
      await bench.archive({ ...GZIP, sums });
      const { status, stderr } = await runInRoot(bench, root, {
        gpg,
        passphrase: "wrong\n",
        options: sums ? "" : "--without-sums",
      });
      expect(status).toBe(1);
      expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/The passphrase is wrong/);
    }
  });

  test("reports an archive without protection against changes", async () => {
    await bench.archiveAsLegacy({ gpg: ["--rfc2440", "--cipher-algo", "CAST5"] });
    const { status, stderr } = await runInRoot(bench, root, { gpg });
    expect(status).toBe(1);
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/add --accept-unprotected/);
    const accepted = await runInRoot(bench, root, { gpg, options: "--accept-unprotected" });
    expect(accepted).toMatchObject({ status: 0 });
  });

  async function restoredTree(): Promise<readonly string[]> {
    const { status, stderr, tree } = await runInRoot(bench, root, { gpg });
    if (status !== 0) throw new Error(stderr);
    return tree;
  }
});
