import { readdir } from "node:fs/promises";
import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import { printable } from "../text/printable.ts";
import {
  type Compared,
  compareMember,
  type CompareOptions,
  MOST_DIFFERENCES,
} from "./compare-member.ts";
import { pathBelow } from "./path-below.ts";

/**
 * Compares all that was restored with the member index: each member, and whether anything else is there. Holds the paths of
 * all members, some 150 bytes each.
 *
 * @param read gives all members, again at each call
 */
export async function compareTree(
  read: () => AsyncIterable<IndexedMember>,
  folder: string,
  options: CompareOptions,
): Promise<Compared> {
  const { last, linked } = await lookThrough(read());
  const differences: string[] = [];
  const targets = new Map<number, IndexedMember>();
  const links: IndexedMember[] = [];
  let bytes = 0;
  for await (const member of read()) {
    if (linked.has(member.offset)) targets.set(member.offset, member);
    if (last.get(keyOf(member)) !== member.offset) continue;
    if (member.type === "1") links.push(member);
    else {
      bytes += member.size;
      if (differences.length < MOST_DIFFERENCES)
        differences.push(...(await compareMember({ member }, folder, options)));
    }
  }
  for (const member of links) {
    const target = targets.get(member.linkOffset ?? -1);
    const expected = target === undefined ? { member } : { member, target };
    differences.push(...(await compareMember(expected, folder, options)));
  }
  for await (const path of restoredFiles(folder, ""))
    if (!last.has(path)) differences.push(`${shown(path)} is in no member index`);
  return { members: last.size, bytes, differences: differences.slice(0, MOST_DIFFERENCES) };
}

/** Offset of the last member of each path, and those that hard links point to. */
async function lookThrough(
  members: AsyncIterable<IndexedMember>,
): Promise<{ last: Map<string, number>; linked: Set<number> }> {
  const last = new Map<string, number>();
  const linked = new Set<number>();
  for await (const member of members) {
    last.set(keyOf(member), member.offset);
    if (member.linkOffset !== undefined) linked.add(member.linkOffset);
  }
  return { last, linked };
}

function keyOf({ path }: IndexedMember): string {
  return pathBelow(path).toString("latin1");
}

/** All but folders, which need no member of their own; bytes as latin1. */
async function* restoredFiles(folder: string, below: string): AsyncGenerator<string> {
  const place = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(below, "latin1")]);
  for (const entry of await readdir(place, { encoding: "buffer", withFileTypes: true })) {
    const path = `${below}${entry.name.toString("latin1")}`;
    if (entry.isDirectory()) yield* restoredFiles(folder, `${path}/`);
    else yield path;
  }
}

function shown(path: string): string {
  return printable(Buffer.from(path, "latin1").toString("utf8"));
}
