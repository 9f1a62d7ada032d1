import { type ArchiveId, PREDECESSOR_ATTEMPT } from "@backuppc-archive-s3/backup-catalog";

/** Whether it is an archive of the predecessor, by the attempt that lists give it: no attempt of ours is called so. */
export function isLegacy({ attempt }: Pick<ArchiveId, "attempt">): boolean {
  return attempt === PREDECESSOR_ATTEMPT || attempt.startsWith(`${PREDECESSOR_ATTEMPT}@`);
}
