import type { IndexedMember } from "@backuppc-archive-s3/archiver";

/** What is shown of a member beside its name. */
export type MemberFacts = Pick<IndexedMember, "type" | "mode" | "uid" | "gid" | "mtime" | "size">;

/** These alone, without the name's bytes: there may be millions of them in memory. */
export function factsOf({ type, mode, uid, gid, mtime, size }: IndexedMember): MemberFacts {
  return { type, mode, uid, gid, mtime, size };
}
