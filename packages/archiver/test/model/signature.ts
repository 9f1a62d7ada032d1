import { createHash } from "node:crypto";
import type { Trust } from "@backuppc-archive-s3/backup-catalog";

/** In place of an OpenPGP signature, which would take most of a model's time. */
export function signatureOf(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update("signed").update(bytes).digest();
}

export const TRUST: Trust = {
  verifier: {
    verify: async (bytes, signature) =>
      Buffer.from(signatureOf(bytes)).equals(signature) ? "A".repeat(40) : undefined,
  },
  allowPlaintext: true,
  filters: [],
};
