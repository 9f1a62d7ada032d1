import type { Encryptor } from "@backuppc-archive-s3/gpg";
import { digestOf } from "../chunks/digest-of.ts";

/** What is stored of some bytes. */
export interface Protected {
  readonly bytes: Uint8Array;
  /** Of `bytes`, lower-case hex. */
  readonly sha256: string;
}

/** Brings bytes into the form in which they are stored, in the same memory where that has room. */
export type Protect = (bytes: Uint8Array, signal: AbortSignal) => Promise<Protected>;

/** Encrypts; or, where the caller has asked for plain chunks, only digests. */
export function protection(encryptor: Encryptor | undefined): Protect {
  return async (bytes, signal) => {
    if (encryptor !== undefined) return await encryptor.encrypt(bytes, { signal, ownBuffer: true });
    return { bytes, sha256: await digestOf(bytes) };
  };
}
