import type { IndexedMember } from "@backuppc-archive-s3/archiver";

/** A member of a member index. */
export function indexed(path: string, changes: Partial<IndexedMember> = {}): IndexedMember {
  return {
    offset: 0,
    length: 1536,
    type: path.endsWith("/") ? "5" : "0",
    mode: path.endsWith("/") ? 0o755 : 0o644,
    uid: 0,
    gid: 0,
    mtime: 1_700_000_000,
    size: 700,
    linkOffset: undefined,
    path: Buffer.from(path),
    ...changes,
  };
}

export async function* stream(members: readonly IndexedMember[]): AsyncGenerator<IndexedMember> {
  yield* members;
}
