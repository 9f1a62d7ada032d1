import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import { factsOf, type MemberFacts } from "../members/member-facts.ts";
import { memberName } from "../members/member-name.ts";

/** A name that is not the same in two archives. */
export interface Change {
  readonly name: string;
  /** Undefined: it was added. */
  readonly before: MemberFacts | undefined;
  /** Undefined: it was removed. */
  readonly after: MemberFacts | undefined;
}

/**
 * What was added, removed or changed, by name. A folder's size and time say only that something in it changed, which
 * is listed by itself: of folders, mode and owner count.
 */
export async function changesBetween(
  before: AsyncIterable<IndexedMember>,
  after: AsyncIterable<IndexedMember>,
): Promise<readonly Change[]> {
  const old = await byName(before);
  const changes: Change[] = [];
  for (const [name, member] of await byName(after)) {
    const earlier = old.get(name);
    old.delete(name);
    if (earlier === undefined || differ(earlier, member))
      changes.push({ name, before: earlier, after: member });
  }
  for (const [name, member] of old) changes.push({ name, before: member, after: undefined });
  return changes.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

async function byName(members: AsyncIterable<IndexedMember>): Promise<Map<string, MemberFacts>> {
  const named = new Map<string, MemberFacts>();
  for await (const member of members) named.set(memberName(member), factsOf(member));
  named.delete("");
  return named;
}

function differ(before: MemberFacts, after: MemberFacts): boolean {
  return fieldsOf(before, after).some((field) => before[field] !== after[field]);
}

function fieldsOf(before: MemberFacts, after: MemberFacts): readonly (keyof MemberFacts)[] {
  const types = [before.type, after.type];
  if (types.every((type) => type === "5")) return OF_FOLDERS;
  // Which name of a file comes first, and has the content, may change from tar to tar.
  const isOneFile = types.includes("1") && types.every((type) => type === "0" || type === "1");
  return isOneFile ? OF_LINKED : OF_FILES;
}

const OF_FOLDERS = ["type", "mode", "uid", "gid"] as const;
const OF_FILES = [...OF_FOLDERS, "size", "mtime"] as const;
const OF_LINKED = ["mode", "uid", "gid", "mtime"] as const;
