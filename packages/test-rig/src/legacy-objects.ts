import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ensureProgram } from "./program/ensure-program.ts";

export interface LegacyRun {
  readonly host: string;
  readonly number: number;
  readonly tar: Uint8Array;
  /** Bytes of a piece; 0: the tar is not split. */
  readonly splitSize: number;
  /** Without it the pieces are stored as they are. */
  readonly passphrase?: string;
  /** How gpg compresses; `none` unless given. */
  readonly compression?: "none" | "ZLIB" | "BZIP2";
}

/** One object of the host's bucket. */
export interface LegacyObject {
  readonly key: string;
  readonly bytes: Buffer;
}

/**
 * What the Python program stored of a tar, in that order: staged whole, cut by split(1), each piece encrypted
 * by gpg(1) under its own name, and `<host>.<number>.tar.COMPLETE` last.
 */
export async function legacyObjects(run: LegacyRun): Promise<LegacyObject[]> {
  const folder = await mkdtemp(join(tmpdir(), "legacy-"));
  const home = await mkdtemp(join(tmpdir(), "gnupg-"));
  try {
    const began = Date.now();
    await stage(folder, run);
    const objects: LegacyObject[] = [];
    for (const piece of (await readdir(folder)).toSorted()) {
      const file = await encrypted(join(folder, piece), home, run);
      objects.push({ key: basename(file), bytes: await readFile(file) });
    }
    const complete = `${began / 1000} ${Date.now() / 1000} "finalized by ${run.host}"`;
    return [...objects, { key: `${nameOf(run)}.COMPLETE`, bytes: Buffer.from(complete) }];
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(home, { recursive: true, force: true });
  }
}

async function stage(folder: string, run: LegacyRun): Promise<void> {
  const tar = join(folder, nameOf(run));
  await writeFile(tar, run.tar);
  if (run.splitSize === 0) return;
  await ensureProgram("split", ["-b", String(run.splitSize), tar, `${tar}.`]);
  await rm(tar);
}

async function encrypted(
  file: string,
  home: string,
  { passphrase, compression = "none" }: LegacyRun,
): Promise<string> {
  if (passphrase === undefined) return file;
  const output = `${file}.gpg`;
  const habits = ["--batch", "--no-tty", "--homedir", home, "--pinentry-mode", "loopback"];
  const how = ["--compress-algo", compression, "--passphrase-fd", "0", "--output", output];
  const args = [...habits, ...how, "--symmetric", file];
  await ensureProgram("gpg", args, { input: `${passphrase}\n` });
  return output;
}

function nameOf({ host, number }: LegacyRun): string {
  return `${host}.${number}.tar`;
}
