/*
 * The times that let uploaders reuse chunks while others delete, without a lock and without
 * the right to read. All by the store's clock. docs/store-format.md says why they are enough.
 */

const DAY = 86_400_000;

/** D, the longest that a run may take, in milliseconds: BackupPC's ClientTimeout is 8.3 days. */
export const LONGEST_RUN_MS: number = 9 * DAY;

/** R, how long after an archive's start a run may begin that reuses its chunks, in milliseconds. */
export const REUSE_WINDOW_MS: number = 14 * DAY;

/** M, what every deletion waits besides, in milliseconds: an inventory takes less, and clocks differ by less. */
export const MARGIN_MS: number = DAY;

/**
 * How long after its head a run may store the marker, in milliseconds. Half of `M`, after which a head without a marker counts as
 * one that gets none: a run that is stopped between its look at the clock and the PUT has the other half.
 */
export const MARKER_WITHIN_MS: number = MARGIN_MS / 2;

/** How old a chunk that no head names may be at the start of the run that reuses it, in milliseconds. */
export const UNLISTED_REUSE_MS: number = 2 * DAY;

/** The hold of an archive whose run began then: `holdUntil` of its head. */
export function holdOfRun(started: Date): Date {
  return after(started, REUSE_WINDOW_MS + LONGEST_RUN_MS);
}

/**
 * Until when the age of a chunk that no head names yet protects it, a margin to spare: what
 * takes the place of `holdUntil` for a chunk that was stored then.
 */
export function holdOfChunk(stored: Date): Date {
  return after(stored, LONGEST_RUN_MS);
}

/** What the chunk index knows of a chunk's protection. */
export interface Protection {
  /** Of the youngest head that names it; undefined: none does. */
  readonly holdUntil?: Date;
  /** When its PUT was confirmed. */
  readonly stored: Date;
}

/** Until when nobody deletes the chunk. Asked again before the head is put: it must still be ahead. */
export function protectedUntil({ holdUntil, stored }: Protection): Date {
  return holdUntil ?? holdOfChunk(stored);
}

/** Whether a run that began then may reuse the chunk, and has `D` to name it in a head. */
export function mayReuse({ holdUntil, stored }: Protection, started: Date): boolean {
  if (holdUntil === undefined) return started.getTime() - stored.getTime() < UNLISTED_REUSE_MS;
  return holdUntil.getTime() >= started.getTime() + LONGEST_RUN_MS;
}

function after(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds);
}
