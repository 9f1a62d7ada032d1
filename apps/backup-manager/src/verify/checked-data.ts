import type { Finding } from "@backuppc-archive-s3/backup-catalog";
import type { Decryptor } from "../decrypt/decrypt.ts";

/** What was downloaded of an archive, and what was wrong with it. */
export interface CheckedData {
  /** Those that no archive before has had downloaded. */
  readonly chunks: number;
  /** Their stored bytes. */
  readonly bytes: number;
  readonly findings: readonly Finding[];
  /** Why it could not be checked. */
  readonly error: string | undefined;
}

export interface DataCheck {
  readonly decryptor: Decryptor;
  /** Of the chunks; at 100 a tar is read as a whole, too. */
  readonly percent: number;
  /** Called after each chunk. */
  readonly onProgress: (done: number, total: number) => void;
}
