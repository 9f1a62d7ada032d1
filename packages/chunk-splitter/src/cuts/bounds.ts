/** 64 MiB: no chunk is longer, however large the mean. */
const LONGEST_CHUNK = 67_108_864;
/**
 * Bytes between places to cut, in means. With no cut in the first quarter and
 * one forced at two means, chunks then have the mean on average.
 */
const SPACING = 0.865;

/** Lengths of chunks, in bytes. */
export interface Bounds {
  /** From here on a member is cut inside, by what is in it. */
  readonly mean: number;
  /** No cut is chosen before; a chunk before a large member, or the last one, may be shorter. */
  readonly least: number;
  /** No chunk is longer. */
  readonly most: number;
  /** From one place to cut to the next, on average. */
  readonly spacing: number;
}

/** @param most the upper bound that was asked for; twice the mean unless given */
export function boundsOf(mean: number, most = LONGEST_CHUNK): Bounds {
  const longest = Math.min(most, 2 * mean, LONGEST_CHUNK);
  const used = Math.floor(longest / 2);
  return { mean: used, least: Math.floor(used / 4), most: longest, spacing: SPACING * used };
}
