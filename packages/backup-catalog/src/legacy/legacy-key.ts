import { positionOfSuffix } from "./split-suffix.ts";

/** A key of the Python program, taken apart. */
export type LegacyKey = LegacyChunkKey | (Backup & { readonly kind: "complete" });

export interface LegacyChunkKey extends Backup {
  readonly kind: "chunk";
  /** From 0, in the order of the tar stream. */
  readonly position: number;
  /** False where the whole tar is one object. */
  readonly split: boolean;
  readonly encrypted: boolean;
}

interface Backup {
  readonly host: string;
  readonly number: number;
}

/**
 * Takes a key apart: `<host>.<number>.tar[.aa…][.gpg]` or `<host>.<number>.tar.COMPLETE`. Undefined if it is
 * none of these. A host's name may hold dots, and so digits and `.tar` too: the last number before
 * the last `.tar` is the backup's.
 */
export function parseLegacyKey(key: string): LegacyKey | undefined {
  const [, host = "", digits = "", tail = ""] = KEY.exec(key) ?? [];
  const number = Number(digits);
  if (host === "" || !Number.isSafeInteger(number)) return undefined;
  if (tail === ".COMPLETE") return { kind: "complete", host, number };
  const [, suffix, gpg] = TAIL.exec(tail) ?? [];
  const position = suffix === undefined ? 0 : positionOfSuffix(suffix);
  if (position === undefined) return undefined;
  const form = { split: suffix !== undefined, encrypted: gpg !== undefined };
  return { kind: "chunk", host, number, position, ...form };
}

/** What the keys of a backup start with; those of another host may too. */
export function legacyPrefix({ host, number }: Backup): string {
  return `${host}.${number}.tar`;
}

const KEY = /^([^/]+)\.(0|[1-9]\d*)\.tar((?:\.COMPLETE)|(?:\.[a-z]{2,})?(?:\.gpg)?)$/;
const TAIL = /^(?:\.(?!gpg$)([a-z]{2,}))?(\.gpg)?$/;
