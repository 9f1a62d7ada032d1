import { execFile } from "node:child_process";
import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { manyFiles } from "./many-files.ts";
import { randomFile } from "./random-file.ts";
import { usrFiles } from "./usr-files.ts";

/** What the backup is like: incompressible, a system's files, or a great many small ones. */
export type InputKind = "random" | "usr" | "small-files";

/** A backup, as all contenders are given it. */
export interface Input {
  /** A program that answers like BackupPC_tarCreate. */
  readonly tarCreate: string;
  /** What the tar was made of, for those that read a folder. */
  readonly tree: string;
  /** Of the tar. */
  readonly bytes: number;
}

const MAKERS: Readonly<Record<InputKind, (tree: string, size: number) => Promise<void>>> = {
  random: randomFile,
  usr: usrFiles,
  "small-files": manyFiles,
};

/**
 * Makes a backup of about `size` bytes in a folder. The tar is made beforehand, so that
 * `cat` gives it faster than anyone takes it.
 */
export async function makeInput(folder: string, kind: InputKind, size: number): Promise<Input> {
  const [tree, tar] = [join(folder, "tree"), join(folder, "input.tar")];
  await mkdir(tree, { recursive: true });
  await MAKERS[kind](tree, size);
  await promisify(execFile)("tar", ["--create", "--file", tar, "--directory", tree, "."]);
  const tarCreate = join(folder, "tar-create");
  const done = "Done: 1 files, 0 bytes, 1 dirs, 0 specials, 0 errors";
  await writeFile(tarCreate, `#!/bin/sh\ncat '${tar}' && echo '${done}' >&2\n`, { mode: 0o755 });
  return { tarCreate, tree, bytes: (await stat(tar)).size };
}
