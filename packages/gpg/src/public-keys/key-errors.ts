import { EncryptionError } from "../encryption-error.ts";

/** @param problem completes the sentence "The public key file FILE …" */
export function fileRefused(file: string, problem: string, cause?: unknown): EncryptionError {
  return new EncryptionError("key-file", `The public key file ${file} ${problem}.`, { cause });
}

/** @param why follows a colon */
export function keyRefused(
  key: string,
  file: string,
  why: string,
  cause?: unknown,
): EncryptionError {
  return new EncryptionError(
    "key-unusable",
    `Nothing can be encrypted to the key ${key} in ${file}: ${why}.`,
    { cause },
  );
}

/** @param why follows a colon */
export function signerRefused(
  key: string,
  file: string,
  why: string,
  cause?: unknown,
): EncryptionError {
  return new EncryptionError("key-unusable", `The key ${key} ${file} cannot be trusted: ${why}.`, {
    reason: "signer",
    cause,
  });
}
