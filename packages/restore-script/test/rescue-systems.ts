import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { listTree } from "@backuppc-archive-s3/test-rig";
import type { Bench } from "./bench.ts";

/** How a run in another root ended, and what it brought back. */
export interface RescueRun {
  readonly status: number;
  readonly stderr: string;
  readonly tree: readonly string[];
}

interface RunInRootOptions {
  /** What the passphrase file holds, the archive's own unless given; empty: none is given to the script. */
  readonly passphrase?: string;
  /** The program that the script shall find as gpg. */
  readonly gpg?: string;
  /** Further ones of the script. */
  readonly options?: string;
  /** A secret key that the keyring there has, as gpg exports it; without, there is no keyring. */
  readonly secretKey?: Buffer;
}

/** Runs the bench's script in a root of another system, as a stranger would, with what that has. */
export async function runInRoot(
  bench: Bench,
  root: string,
  { passphrase, gpg = "gpg", options = "", secretKey }: RunInRootOptions = {},
): Promise<RescueRun> {
  const folder = await mkdtemp(join(root, "tmp", "restore-"));
  try {
    await copyFile(bench.path("restore.sh"), join(folder, "restore.sh"));
    const text = passphrase ?? (await readFile(bench.passphraseFile, "utf8"));
    await writeFile(join(folder, "passphrase"), text);
    if (secretKey !== undefined) await writeFile(join(folder, "key"), secretKey);
    const within = `/tmp/${basename(folder)}`;
    // A gpg of another name comes first on the PATH as what the script looks for.
    await writeFile(join(folder, "gpg"), `#!/bin/sh\nexec ${gpg} "$@"\n`, { mode: 0o755 });
    const path = `${gpg === "gpg" ? "" : `${within}:`}/bin:/usr/bin`;
    const given = passphrase === "" ? "" : "--passphrase-file passphrase";
    const restore = `sh restore.sh ${given} ${options} restored`;
    const command = `cd ${within} && ${secretKey === undefined ? `exec ${restore}` : withKey(restore)}`;
    const env = { PATH: path, HOME: secretKey === undefined ? "/nonexistent" : within };
    const chroot = ["/usr/sbin/chroot", root, "/bin/sh", "-c", command];
    const ended = await promisify(execFile)("/usr/bin/env", ["-i", ...pairs(env), ...chroot]).then(
      ({ stderr }) => ({ status: 0, stderr }),
      (error: unknown) => failed(error),
    );
    const tree = await listTree(join(folder, "restored")).catch(() => []);
    return { ...ended, tree };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The agent would outlive the run. */
function withKey(restore: string): string {
  return `mkdir -m 700 .gnupg; gpg --batch --quiet --import key; ${restore}; status=$?; gpgconf --kill all; exit $status`;
}

function pairs(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

function failed(error: unknown): { status: number; stderr: string } {
  if (!(error instanceof Error && "code" in error && "stderr" in error)) throw error;
  return { status: Number(error.code), stderr: String(error.stderr) };
}
