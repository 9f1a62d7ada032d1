import { execFile } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Bench, setUpBench } from "./bench.ts";
import { endKeyring, makeKey } from "./matrix.ts";

const run = promisify(execFile);
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

test.each([true, false])(
  "a keyring that cannot be written to is used where it is (archive with a passphrase: %s)",
  async (passphrase) => {
    const keyring = await mkdtemp(join(tmpdir(), "restore-keys-"));
    const encryption = { passphrase, recipients: [await makeKey(keyring)], subkeys: [] };
    await bench.archive({ encryption, keyring });
    await run("gpgconf", ["--homedir", keyring, "--kill", "all"]);
    await run("mount", ["--bind", keyring, keyring]);
    await run("mount", ["-o", "remount,ro,bind", keyring]);
    try {
      const ended = await bench.run(["restored"], { env: { GNUPGHOME: keyring } });
      expect(ended).toMatchObject({ status: 0 });
      expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
      await bench.nothingIsLeft();
    } finally {
      await run("umount", [keyring]);
      await endKeyring(keyring);
    }
  },
);
