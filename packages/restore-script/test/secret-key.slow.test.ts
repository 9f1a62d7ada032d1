import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listTree } from "@backuppc-archive-s3/test-rig";
import type { Bench } from "./bench.ts";
import { benchForTests, GZIP } from "./bench-for-tests.ts";
import { endKeyring, makeKey } from "./matrix.ts";
import { PASSPHRASE } from "./stored-archive.ts";
import { pinentry } from "./pinentry.ts";

const bench = await benchForTests();
/** Whose key has a passphrase, and whose has none. */
let locked: Keyring;
let open: Keyring;

interface Keyring {
  readonly folder: string;
  readonly key: string;
}

beforeAll(async () => {
  locked = await makeKeyring("of the key");
  open = await makeKeyring("");
});
afterAll(async () => {
  await endKeyring(locked.folder);
  await endKeyring(open.folder);
});
beforeEach(async () => {
  await forgetPassphrases(locked);
});

describe.each(["dash", "bash"])("Under %s", (shell) => {
  test("an archive for a passphrase and a key is opened by the key, and no passphrase is asked for", async () => {
    await archiveFor(open);
    const ended = await bench.run(["restored"], { shell, env: { GNUPGHOME: open.folder } });
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.stderr).toMatch(
      /^Your secret key decrypts this backup\. .* --passphrase-file FILE\.$/m,
    );
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test("gpg's agent asks for the passphrase of the key, once", async () => {
    await archiveFor(locked);
    const asked = bench.path("asked");
    await writeFile(join(locked.folder, "pinentry"), pinentry("of the key", asked));
    await chmod(join(locked.folder, "pinentry"), 0o755);
    const ended = await bench.run(["restored"], { shell, env: { GNUPGHOME: locked.folder } });
    expect(ended).toMatchObject({ status: 0 });
    expect(await readFile(asked, "utf8")).toBe("asked\n");
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test.each([true, false])(
    "--passphrase-file may hold that of the archive or that of the key (sums: %s)",
    async (sums) => {
      await archiveFor(locked, sums);
      for (const [target, passphrase] of [
        ["by passphrase", PASSPHRASE],
        ["by key", "of the key"],
      ] as const) {
        const ended = await restoreBy(passphrase, target, locked, sums);
        expect(ended).toMatchObject({ status: 0 });
        expect(await listTree(bench.path(target))).toEqual(await listTree(bench.tree));
      }
      await forgetPassphrases(locked);
      const wrong = await restoreBy("of nothing", "by chance", locked, sums);
      expect(wrong).toMatchObject({ status: 1 });
      expect(wrong.lastLine).toMatch(/cannot use your secret key .* its passphrase was wrong/);
    },
  );

  test("where the keyring has no such key, the passphrase is asked for", async () => {
    await archiveFor(locked);
    const ended = await bench.run(["restored"], { shell, env: { GNUPGHOME: open.folder } });
    expect(ended).toMatchObject({ status: 1 });
    expect(ended.lastLine).toMatch(/no terminal to ask for the passphrase/);
  });

  async function restoreBy(
    passphrase: string,
    target: string,
    { folder }: Keyring,
    sums: boolean,
  ): ReturnType<Bench["run"]> {
    const env = { GNUPGHOME: folder };
    const args = [...(sums ? [] : ["--without-sums"]), "--passphrase-file", "-", target];
    return await bench.run(args, { shell, env, stdin: `${passphrase}\n` });
  }
});

async function archiveFor({ folder, key }: Keyring, sums = true): Promise<void> {
  const encryption = { passphrase: true, recipients: [key], subkeys: [] };
  await bench.archive({ ...GZIP, encryption, keyring: folder, sums });
}

/** Ends the agent, which remembers them. */
async function forgetPassphrases({ folder }: Keyring): Promise<void> {
  await promisify(execFile)("gpgconf", ["--homedir", folder, "--kill", "gpg-agent"]);
}

async function makeKeyring(passphrase: string): Promise<Keyring> {
  const folder = await mkdtemp(join(tmpdir(), "restore-keys-"));
  await writeFile(join(folder, "gpg-agent.conf"), `pinentry-program ${join(folder, "pinentry")}\n`);
  return { folder, key: await makeKey(folder, passphrase) };
}
