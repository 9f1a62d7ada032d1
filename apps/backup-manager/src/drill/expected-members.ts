import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import { pathBelow } from "./path-below.ts";

/** A member that a script shall restore. */
export interface Expected {
  readonly member: IndexedMember;
  /** Of a hard link: the member that has its bytes. */
  readonly target?: IndexedMember;
}

/**
 * What a restore of these members must give, the targets of hard links included. Of several members with one path the last
 * one stays.
 *
 * @param members all of the archive
 */
export async function expectedMembers(
  chosen: readonly IndexedMember[],
  members: AsyncIterable<IndexedMember>,
): Promise<Expected[]> {
  const paths = new Set(chosen.map(keyOf));
  const targets = new Set(chosen.map(({ linkOffset }) => linkOffset));
  const last = new Map<string, IndexedMember>();
  const byOffset = new Map<number, IndexedMember>();
  for await (const member of members) {
    const isTarget = targets.has(member.offset);
    if (isTarget) byOffset.set(member.offset, member);
    if (isTarget || paths.has(keyOf(member))) last.set(keyOf(member), member);
  }
  return [...last.values()].map((member) => {
    const target = member.linkOffset === undefined ? undefined : byOffset.get(member.linkOffset);
    return target === undefined ? { member } : { member, target };
  });
}

function keyOf({ path }: IndexedMember): string {
  return pathBelow(path).toString("latin1");
}
