import type { IndexedMember } from "@backuppc-archive-s3/archiver";

/** What is shown of a member beside its name. */
export type MemberFacts = Pick<
  IndexedMember,
  "type" | "mode" | "uid" | "gid" | "mtime" | "size" | "linkOffset"
>;

/** These alone, without the name's bytes: there may be millions of them in memory. */
export function factsOf(member: IndexedMember): MemberFacts {
  const { type, mode, uid, gid, mtime, size, linkOffset } = member;
  return { type, mode, uid, gid, mtime, size, linkOffset };
}
