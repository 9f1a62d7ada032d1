import {
  LONGEST_RUN_MS,
  type Protection,
  protectedUntil,
} from "@backuppc-archive-s3/backup-catalog";

/**
 * Why the head of a run may not be stored any more: some of what it names might have been deleted meanwhile. Asked right before
 * the head is stored.
 *
 * @param reused the chunks that it names and did not upload itself
 */
export function whyTooLate(
  { started, now }: { readonly started: Date; readonly now: Date },
  reused: Iterable<Protection>,
): string | undefined {
  const taken = now.getTime() - started.getTime();
  if (taken > LONGEST_RUN_MS)
    return `it has taken ${days(taken)}, and may take ${days(LONGEST_RUN_MS)}`;
  for (const chunk of reused) {
    if (protectedUntil(chunk) <= now) return "it reused chunks that are no longer held for it";
  }
  return undefined;
}

function days(milliseconds: number): string {
  return `${(milliseconds / 86_400_000).toFixed(1)} days`;
}
