import { execFile } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { debianRoot, listTree } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Bench, setUpBench } from "./bench.ts";
import { endKeyring, makeKey } from "./matrix.ts";
import { runInRoot } from "./rescue-systems.ts";

const GZIP = { compression: { name: "gzip", suffix: ".gz" } };
const OF_THE_KEY = "of the key";
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

describe.each([
  ["Debian 12, gpg 2.2", "bookworm", ["gpg", "gpg-agent", "gnupg1", "wget"], "gpg"],
  ["Debian 12, gpg 1.4", "bookworm", ["gpg", "gpg-agent", "gnupg1", "wget"], "gpg1"],
  ["Debian 13, gpg 2.4", "trixie", ["gpg", "gpg-agent", "wget"], "gpg"],
])("A minimal %s", (_, suite, packages, gpg) => {
  let root: string;
  beforeAll(async () => {
    root = await debianRoot({ suite, packages });
  });

  test("reports the wrong passphrase of an archive that a key opens, too", async () => {
    const keyring = await mkdtemp(join(tmpdir(), "restore-keys-"));
    const encryption = { passphrase: true, recipients: [await makeKey(keyring)], subkeys: [] };
    try {
      for (const sums of [true, false]) {
        await bench.archive({ ...GZIP, encryption, keyring, sums });
        const { status, stderr } = await runInRoot(bench, root, {
          gpg,
          passphrase: "wrong\n",
          options: sums ? "" : "--without-sums",
        });
        expect(status).toBe(1);
        expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/The passphrase is wrong/);
      }
    } finally {
      await endKeyring(keyring);
    }
  });

  describe.each([
    ["without a passphrase", ""],
    ["with a passphrase", OF_THE_KEY],
  ])("with a secret key %s", (__, passphrase) => {
    let keyring: string;
    let key: string;
    beforeAll(async () => {
      keyring = await mkdtemp(join(tmpdir(), "restore-keys-"));
      key = await makeKey(keyring, passphrase);
    });
    afterAll(async () => {
      await endKeyring(keyring);
    });

    test.each([
      ["that a passphrase opens, too,", true],
      ["that nothing else opens", false],
    ])("restores an archive %s by the key alone", async (___, withPassphrase) => {
      await bench.archive({
        ...GZIP,
        encryption: { passphrase: withPassphrase, recipients: [key], subkeys: [] },
        keyring,
      });
      const secretKey = await exported(keyring, passphrase);
      const { status, stderr, tree } = await runInRoot(bench, root, { gpg, passphrase, secretKey });
      if (status !== 0) throw new Error(stderr);
      expect(tree).toEqual(await listTree(bench.tree));
    });
  });
});

async function exported(keyring: string, passphrase: string): Promise<Buffer> {
  const how = ["--homedir", keyring, "--batch", "--pinentry-mode", "loopback"];
  const { stdout } = await promisify(execFile)(
    "gpg",
    [...how, "--passphrase", passphrase, "--export-secret-keys"],
    { encoding: "buffer" },
  );
  return stdout;
}
