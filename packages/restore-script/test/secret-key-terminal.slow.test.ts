// A secret key with a passphrase, as a person at a terminal has it.
import { execFile } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listTree } from "@backuppc-archive-s3/test-rig";
import type { Bench } from "./bench.ts";
import { benchForTests } from "./bench-for-tests.ts";
import { endKeyring, makeKey } from "./matrix.ts";
import { PASSPHRASE } from "./stored-archive.ts";

const OF_KEY = "of the key";
/** What pinentry-curses shows last before it waits. */
const DIALOG = /Passphrase: /;
const bench = await benchForTests();
let keyring: string;
let key: string;

beforeAll(async () => {
  keyring = await mkdtemp(join(tmpdir(), "restore-keys-"));
  key = await makeKey(keyring, OF_KEY);
});
afterAll(async () => {
  await endKeyring(keyring);
});
beforeEach(async () => {
  await setPinentry("/usr/bin/pinentry-curses");
});

test.each(["bash", "busybox sh", "ksh", "zsh --emulate sh"])(
  "under %s, too, gpg's agent asks on the terminal",
  async (shell) => {
    await archiveFor({ passphrase: true });
    const { status } = await agentAsks('"$@" </dev/null >/dev/null 2>&1', shell);
    expect(status).toBe(0);
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  },
);

describe.each(["dash", "busybox sh"])("Under %s", (shell) => {
  test.each([
    ["all on the terminal", '"$@"'],
    ["input and output elsewhere", '"$@" </dev/null >/dev/null'],
    ["nothing on it", '"$@" </dev/null >/dev/null 2>&1'],
    ["GPG_TTY wrong", 'GPG_TTY="not a tty" "$@"'],
    ["GPG_TTY as the script once set it", 'GPG_TTY=/dev/tty "$@"'],
  ])("gpg's agent asks on the terminal (%s)", async (_, called) => {
    await archiveFor({ passphrase: true });
    const { stdout, status } = await agentAsks(called, shell);
    expect(stdout).not.toContain(OF_KEY);
    expect(status).toBe(0);
    expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
  });

  test.each([
    [true, "or for your secret key", OF_KEY],
    [true, "or for your secret key", PASSPHRASE],
    [false, "your secret key", OF_KEY],
  ])(
    "where the agent cannot ask, the script does (archive with a passphrase: %s)",
    async (passphrase, asked, answer) => {
      await archiveFor({ passphrase });
      await setPinentry("/nonexistent");
      const { stdout, status } = await onTerminal(shell, "mistyped", answer);
      expect(status).toBe(0);
      expect(stdout).toMatch(/gpg cannot use your secret key \(gpg: .*\)\./);
      expect(stdout).toContain(asked);
      expect(stdout).toContain("That is not the passphrase");
      expect(stdout).not.toContain(OF_KEY);
      expect(await listTree(bench.path("restored"))).toEqual(await listTree(bench.tree));
    },
  );

  test("a key whose card is not there gives way to the passphrase", async () => {
    await archiveFor({ passphrase: true });
    await onCard(async () => {
      const { stdout, status } = await onTerminal(shell, PASSPHRASE);
      expect(status).toBe(0);
      expect(stdout).toMatch(/gpg cannot use your secret key/);
    });
  });

  test("without a terminal no reason of gpg's leads to less security", async () => {
    for (const passphrase of [true, false]) {
      await archiveFor({ passphrase });
      await setPinentry("/nonexistent");
      const ended = await bench.run(["--force", "restored"], {
        shell,
        env: { GNUPGHOME: keyring },
      });
      expect(ended).toMatchObject({ status: 1 });
      expect(ended.lastLine).toMatch(
        /gpg cannot use your secret key for .* \(gpg: .*\): run the script on a terminal, or add --passphrase-file FILE/,
      );
      expect(ended.stderr).not.toMatch(/--without-sums|--accept/);
    }
  });
});

async function archiveFor({ passphrase }: { passphrase: boolean }): Promise<void> {
  const encryption = { passphrase, recipients: [key], subkeys: [] };
  const compression = { name: "gzip", suffix: ".gz" };
  await bench.archive({ compression, encryption, keyring });
}

async function agentAsks(called: string, shell: string): ReturnType<Bench["runOnTerminal"]> {
  const command = ["sh", "-c", called, "sh", ...shell.split(" ")];
  const how = { command, env: { GNUPGHOME: keyring }, prompt: DIALOG };
  return await bench.runOnTerminal(["restored"], how, OF_KEY);
}

async function onTerminal(shell: string, ...answers: string[]): ReturnType<Bench["runOnTerminal"]> {
  const how = { command: shell.split(" "), env: { GNUPGHOME: keyring } };
  return await bench.runOnTerminal(["restored"], how, ...answers);
}

/** Ends the agent, too, which remembers passphrases. */
async function setPinentry(program: string): Promise<void> {
  await writeFile(join(keyring, "gpg-agent.conf"), `pinentry-program ${program}\n`);
  await promisify(execFile)("gpgconf", ["--homedir", keyring, "--kill", "gpg-agent"]);
}

/** Meanwhile the keyring has only what gpg keeps of a key that is on a card. */
async function onCard(run: () => Promise<void>): Promise<void> {
  const folder = join(keyring, "private-keys-v1.d");
  const files = (await readdir(folder)).map((name) => join(folder, name));
  const texts = await Promise.all(files.map(async (file) => await readFile(file)));
  try {
    for (const [at, file] of files.entries()) {
      const numbers = /\(n #[^#]*#\)\(e\s*#[^#]*#\)/.exec(texts[at]?.toString() ?? "");
      const card = "(shadowed t1-v1 (#D2760001240102000005000011110000# OPENPGP.2))";
      const stub = `Key: (shadowed-private-key (rsa ${numbers?.[0] ?? ""}${card}))\n`;
      await rm(file);
      await writeFile(file, stub);
      await chmod(file, 0o600);
    }
    await run();
  } finally {
    for (const [at, file] of files.entries()) await writeFile(file, texts[at] ?? "");
  }
}
