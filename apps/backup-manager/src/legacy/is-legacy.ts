import { type ArchiveId, LEGACY_ATTEMPT } from "@backuppc-archive-s3/backup-catalog";

/** Whether it is a legacy archive, by the attempt that lists give it: no attempt of ours is called so. */
export function isLegacy({ attempt }: Pick<ArchiveId, "attempt">): boolean {
  return attempt === LEGACY_ATTEMPT || attempt.startsWith(`${LEGACY_ATTEMPT}@`);
}
