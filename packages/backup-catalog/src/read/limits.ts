const MIB = 1_048_576;

/** Bytes that a record may have. A reader that took what a store sends could be made to fill its memory. */
export const LIMITS = {
  /** Keeps of a million chunks, no two of them neighbours, are 9 MB. */
  head: 16 * MIB,
  /** A million entries are 270 MB, and JavaScript's strings end at 512 MiB. */
  manifest: 384 * MIB,
  /** Two lines a chunk are 210 MB. */
  sums: 384 * MIB,
  members: 64 * MIB,
  key: MIB / 16,
  signature: MIB / 16,
} as const;
