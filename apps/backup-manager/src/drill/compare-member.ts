import type { BigIntStats } from "node:fs";
import { lstat } from "node:fs/promises";
import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import { memberKind, type MemberKind } from "../members/member-kind.ts";
import { memberName } from "../members/member-name.ts";
import { printable } from "../text/printable.ts";
import type { Expected } from "./expected-members.ts";
import { placeOf } from "./path-below.ts";

export interface CompareOptions {
  /** Numbers of owners: only root can restore them. */
  readonly owners: boolean;
}

/** What was compared, and how it differs. */
export interface Compared {
  readonly members: number;
  /** Of their files. */
  readonly bytes: number;
  /** The first {@link MOST_DIFFERENCES}. */
  readonly differences: readonly string[];
}

/** Nobody reads more. */
export const MOST_DIFFERENCES = 100;

/** Compares some members with the member index. @param folder what was restored into */
export async function compareMembers(
  expected: readonly Expected[],
  folder: string,
  options: CompareOptions,
): Promise<Compared> {
  const found = await Promise.all(
    expected.map(async (each) => await compareMember(each, folder, options)),
  );
  const bytes = expected.reduce(
    (sum, { member }) => sum + (member.type === "1" ? 0 : member.size),
    0,
  );
  return {
    members: expected.length,
    bytes,
    differences: found.flat().slice(0, MOST_DIFFERENCES),
  };
}

/**
 * How what was restored differs from the member index, a line each. Of symbolic links and folders the time is left
 * out: busybox tar does not restore it.
 *
 * @param folder what was restored into
 */
export async function compareMember(
  { member, target }: Expected,
  folder: string,
  options: CompareOptions,
): Promise<string[]> {
  const name = printable(memberName(member) || ".");
  const found = await lookAt(member, folder);
  if (found === undefined) return [`${name} was not restored`];
  if (member.type === "1") return await compareLink(name, found, target, folder);
  return differences(member, found, options).map((text) => `${name} ${text}`);
}

async function lookAt({ path }: IndexedMember, folder: string): Promise<BigIntStats | undefined> {
  return await lstat(placeOf(folder, path), { bigint: true }).catch(() => undefined);
}

async function compareLink(
  name: string,
  found: BigIntStats,
  target: IndexedMember | undefined,
  folder: string,
): Promise<string[]> {
  if (target === undefined) return [];
  const other = await lookAt(target, folder);
  const isSame = other !== undefined && other.ino === found.ino && other.dev === found.dev;
  return isSame ? [] : [`${name} is no hard link to ${printable(memberName(target))}`];
}

function differences(
  member: IndexedMember,
  found: BigIntStats,
  { owners }: CompareOptions,
): string[] {
  const kind = memberKind(member.type);
  const is = kindOf(found);
  if (is !== kind) return kind === "other" ? [] : [`is a ${is}, and a ${kind} in the member index`];
  const { mode, size, mtime, uid, gid } = member;
  const hasOwnTime = kind !== "symbolic link" && kind !== "folder";
  const facts: readonly (readonly [what: string, is: string, was: string, counts: boolean])[] = [
    ["mode", octal(Number(found.mode) & 0o7777), octal(mode & 0o7777), kind !== "symbolic link"],
    ["size", String(found.size), String(size), kind === "file"],
    ["time", String(secondsOf(found.mtimeNs)), String(mtime), hasOwnTime],
    ["owner", `${found.uid}:${found.gid}`, `${uid}:${gid}`, owners],
  ];
  return facts
    .filter(([, now, before, counts]) => counts && now !== before)
    .map(([what, now, before]) => `has the ${what} ${now}, and ${before} in the member index`);
}

function kindOf(found: BigIntStats): MemberKind {
  if (found.isFile()) return "file";
  if (found.isSymbolicLink()) return "symbolic link";
  if (found.isDirectory()) return "folder";
  if (found.isFIFO()) return "fifo";
  if (found.isCharacterDevice()) return "character device";
  return found.isBlockDevice() ? "block device" : "other";
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

/** Rounded down, also before 1970. */
function secondsOf(nanoseconds: bigint): bigint {
  const seconds = nanoseconds / BILLION;
  return nanoseconds < 0n && nanoseconds % BILLION !== 0n ? seconds - 1n : seconds;
}

const BILLION = 1_000_000_000n;
