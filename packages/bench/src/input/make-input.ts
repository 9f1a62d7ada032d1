import { BenchError } from "../bench-error.ts";
import type { Say } from "../say.ts";
import { backupPcInput } from "./backuppc-input.ts";
import type { Input } from "./input.ts";
import { manyFiles } from "./many-files.ts";
import { manyMembers } from "./many-members.ts";
import { randomFile } from "./random-file.ts";
import { streamInput } from "./stream-input.ts";
import { tarredInput } from "./tarred-input.ts";
import { usrFiles } from "./usr-files.ts";

type Maker = (folder: string, size: number, say: Say) => Promise<Input>;

const MAKERS = {
  /** Incompressible. */
  random: async (folder, size) => await tarredInput(folder, size, randomFile),
  /** A system's files. */
  usr: async (folder, size) => await tarredInput(folder, size, usrFiles),
  /** A great many small ones. */
  "small-files": async (folder, size) => await tarredInput(folder, size, manyFiles),
  /** Empty files, as many as there can be. */
  "many-members": manyMembers,
  /** A system's files, read out of a real pool by the real BackupPC_tarCreate. */
  backuppc: backupPcInput,
  /** Incompressible, of any size, and made while it is read. */
  stream: streamInput,
} satisfies Record<string, Maker>;

/** What the backup is like. */
export type InputKind = keyof typeof MAKERS;

/** Makes a backup of about `size` bytes in a folder. */
export async function makeInput(
  folder: string,
  kind: InputKind,
  size: number,
  say: Say,
): Promise<Input> {
  return await MAKERS[kind](folder, size, say);
}

/** @throws {BenchError} where no input has that name */
export function inputKind(name: string): InputKind {
  if (isKind(name)) return name;
  throw new BenchError(`No input is named ${name}: ${Object.keys(MAKERS).join(", ")}.`);
}

function isKind(name: string): name is InputKind {
  return Object.hasOwn(MAKERS, name);
}
