import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import { listTree } from "@backuppc-archive-s3/test-rig";
import { type Bench, type How, setUpBench } from "./bench.ts";
import type { ArchiveOptions } from "./stored-archive.ts";

const run = promisify(execFile);

/** What a script may find, and be made for; the matrix is every choice of one of each. */
export const MATRIX = {
  shell: ["dash", "bash", "busybox sh", "ksh", "zsh --emulate sh"],
  downloader: ["curl", "wget", "busybox wget"],
  tar: ["GNU tar", "bsdtar", "busybox tar"],
  compression: ["none", "gzip", "bzip2", "xz", "zstd"],
  encryption: ["passphrase", "public key", "both, by passphrase", "both, by key", "none"],
} as const;

export type Choice = { readonly [Part in keyof typeof MATRIX]: (typeof MATRIX)[Part][number] };

/** Restores an archive the way that is chosen, and holds the tree against what was archived. */
export interface MatrixBench {
  restores(choice: Choice): Promise<void>;
  tearDown(): Promise<void>;
}

export async function setUpMatrix(): Promise<MatrixBench> {
  const bench = await setUpBench();
  const keyring = await mkdtemp(join(tmpdir(), "restore-keys-"));
  const key = await makeKey(keyring);
  return {
    async restores(choice) {
      await bench.startAfresh();
      await bench.archive(archiveOptions(choice, keyring, key));
      const passphrase = choice.encryption.endsWith("passphrase")
        ? ["--passphrase-file", bench.passphraseFile]
        : [];
      const env = { GNUPGHOME: keyring };
      const ended = await bench.run([...passphrase, "restored"], { ...howTo(choice), env });
      expect(ended.status, `${JSON.stringify(choice)}\n${ended.stderr}`).toBe(0);
      expect(await restored(bench, choice)).toEqual(await original(bench, choice));
      await bench.nothingIsLeft();
    },
    async tearDown() {
      await endKeyring(keyring);
      await bench.tearDown();
    },
  };
}

/** The program's text for a PATH: an applet of busybox in the program's place. */
export function applet(name: string): string {
  return `#!/bin/sh\nexec busybox ${name} "$@"\n`;
}

/** That of busybox does not keep the times of folders. */
export function withoutFolderTime(line: string): string {
  return line.replace(/( folder \d+ \d+:\d+) \d+$/, "$1");
}

/** Makes a key, without a passphrase unless given; returns its fingerprint. */
export async function makeKey(
  keyring: string,
  passphrase = "",
  name = "offsite@example.org",
): Promise<string> {
  const loopback = ["--pinentry-mode", "loopback", "--passphrase", passphrase];
  const gpg = ["--homedir", keyring, "--batch", "--quiet", ...loopback];
  const ofKey = [name, "rsa2048", "sign,encr", "never"];
  await run("gpg", [...gpg, "--quick-generate-key", ...ofKey]);
  const { stdout } = await run("gpg", [...gpg, "--with-colons", "--list-keys", name]);
  return /^fpr:{9}([0-9A-F]{40}):/m.exec(stdout)?.[1] ?? "";
}

export async function endKeyring(keyring: string): Promise<void> {
  await run("gpgconf", ["--homedir", keyring, "--kill", "all"]);
  await rm(keyring, { recursive: true, force: true });
}

function archiveOptions(
  { compression, encryption }: Choice,
  keyring: string,
  key: string,
): ArchiveOptions {
  const recipients = encryption === "passphrase" ? [] : [key];
  return {
    ...(compression !== "none" && {
      compression: { name: compression, suffix: SUFFIXES[compression] },
    }),
    encryption:
      encryption === "none"
        ? null
        : { passphrase: encryption !== "public key", recipients, subkeys: [] },
    keyring,
  };
}

const SUFFIXES = { gzip: ".gz", bzip2: ".bz2", xz: ".xz", zstd: ".zst" };

function howTo({ shell, downloader, tar }: Choice): How {
  const programs = {
    ...(downloader === "busybox wget" && { wget: applet("wget") }),
    ...(tar === "busybox tar" && { tar: applet("tar") }),
    ...(tar === "bsdtar" && { tar: '#!/bin/sh\nexec bsdtar "$@"\n' }),
  };
  return { shell, downloader: downloader === "curl" ? "curl" : "wget", programs };
}

async function restored(bench: Bench, choice: Choice): Promise<string[]> {
  return kept(await listTree(bench.path("restored")), choice);
}

async function original(bench: Bench, choice: Choice): Promise<string[]> {
  return kept(await listTree(bench.tree), choice);
}

function kept(lines: string[], { tar }: Choice): string[] {
  return tar === "busybox tar" ? lines.map(withoutFolderTime) : lines;
}
