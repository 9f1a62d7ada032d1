import { EncryptionError } from "../encryption-error.ts";

/** @param problem to follow the file's name in a sentence */
export function fileRefused(file: string, problem: string, cause?: unknown): EncryptionError {
  return new EncryptionError(
    "key-file",
    `The public key file ${file} ${problem}.`,
    "Write it anew, where the key is: gpg --armor --output FILE --export KEY",
    cause,
  );
}

/** @param why to follow a colon */
export function keyRefused(key: string, file: string, why: string, cause?: unknown): EncryptionError {
  return new EncryptionError(
    "key-unusable",
    `Nothing can be encrypted to the key ${key} in ${file}: ${why}.`,
    "Mend the key where its owner has it and export it again, or take it out of `recipients`.",
    cause,
  );
}
