import { isUtf8 } from "node:buffer";
import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import { factsOf, type MemberFacts } from "../members/member-facts.ts";
import { memberName } from "../members/member-name.ts";

/** A line of `ls`. */
export interface ListedMember {
  readonly name: string;
  /** As the tar has it, in base64, where that is not UTF-8. */
  readonly rawPath?: string;
  /** Undefined for a folder that has no header of its own in the tar, only members. */
  readonly member: MemberFacts | undefined;
}

/**
 * What `ls` shows of a path, by name: a folder's members, or the one file. Of several members with one name the last one counts,
 * as for a tar that unpacks them.
 *
 * @param path as `memberName` gives it
 * @param recursive all that is below, not only the folder's own members
 * @returns undefined if the archive has no such path
 */
export async function membersBelow(
  members: AsyncIterable<IndexedMember>,
  path: string,
  recursive: boolean,
): Promise<readonly ListedMember[] | undefined> {
  const found = new Map<string, ListedMember>();
  let own: ListedMember | undefined;
  let exists = path === "";
  for await (const member of members) {
    const name = memberName(member);
    if (name === path) own = listed(name, member);
    const below = restBelow(name, path);
    if (below === undefined) continue;
    exists = true;
    const slash = below.indexOf("/");
    const folder = name.slice(0, name.length - below.length + slash);
    if (recursive || slash < 0) found.set(name, listed(name, member));
    else if (!found.has(folder)) found.set(folder, { name: folder, member: undefined });
  }
  if (own?.member !== undefined && own.member.type !== "5" && path !== "") return [own];
  if (!exists && own === undefined) return undefined;
  return [...found.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function listed(name: string, member: IndexedMember): ListedMember {
  const { path } = member;
  const facts = factsOf(member);
  if (isUtf8(path)) return { name, member: facts };
  return { name, rawPath: path.toString("base64"), member: facts };
}

/** What follows the folder's name; undefined if the name is not below it. */
function restBelow(name: string, folder: string): string | undefined {
  if (name === "") return undefined;
  if (folder === "") return name;
  return name.startsWith(`${folder}/`) ? name.slice(folder.length + 1) : undefined;
}
