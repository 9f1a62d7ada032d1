/** What the chunk index knows of a stored chunk. Lengths in bytes, times in milliseconds since 1970 by the store's clock. */
export interface IndexedChunk {
  /** SHA-256 of the plaintext, lower-case hex. It never leaves this machine in clear. */
  readonly digest: string;
  readonly plainLength: number;
  /** Below `chunks/<host>/`. */
  readonly name: string;
  /** Where the store keeps versions. */
  readonly versionId?: string;
  readonly storedLength: number;
  /** SHA-256 of the stored bytes, lower-case hex. */
  readonly sha256: string;
  /** When its PUT began. */
  readonly stored: number;
  /** Until then the youngest head that names it keeps it; undefined: no head names it yet. */
  readonly holdUntil?: number;
  /** Until then nobody can delete it, by Object Lock. */
  readonly lockUntil?: number;
}
