import { EncryptionError } from "../encryption-error.ts";

/** @param problem completes the sentence "The public key file FILE …" */
export function fileRefused(file: string, problem: string, cause?: unknown): EncryptionError {
  return new EncryptionError(
    "key-file",
    `The public key file ${file} ${problem}.`,
    "Export it again, where the key is: gpg --armor --output FILE --export KEY",
    cause,
  );
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
    "Let its owner fix the key and export it again, or remove it from the recipients.",
    cause,
  );
}

/** @param why follows a colon */
export function signerRefused(
  key: string,
  file: string,
  why: string,
  cause?: unknown,
): EncryptionError {
  return new EncryptionError(
    "key-unusable",
    `The key ${key} ${file} cannot be trusted: ${why}.`,
    "Remove it from the signers, or export it again.",
    cause,
  );
}
