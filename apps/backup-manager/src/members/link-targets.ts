import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import { memberName } from "./member-name.ts";

/** Names of what hard links of an archive lead to, by offset in its tar. */
export type LinkTargets = ReadonlyMap<number, string>;

/** Undefined for what is no hard link, and where the index does not know what it leads to. */
export function targetOf({ linkOffset }: Linked, targets: LinkTargets): string | undefined {
  return linkOffset === undefined ? undefined : targets.get(linkOffset);
}

type Linked = Pick<IndexedMember, "linkOffset">;

/**
 * What these members lead to, if any of them is a hard link: the index has where it is in the tar, not its name.
 *
 * @param read gives the members of their archive, anew at each call
 */
export async function linkTargets(
  members: Iterable<Linked>,
  read: () => AsyncIterable<IndexedMember>,
): Promise<LinkTargets> {
  const offsets = new Set<number>();
  for (const { linkOffset } of members) if (linkOffset !== undefined) offsets.add(linkOffset);
  const names = new Map<number, string>();
  if (offsets.size === 0) return names;
  for await (const member of read())
    if (offsets.has(member.offset)) names.set(member.offset, memberName(member));
  return names;
}
