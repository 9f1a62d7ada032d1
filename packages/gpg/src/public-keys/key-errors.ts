import { SealError } from "../seal-error.ts";

/** @param problem to follow the file's name in a sentence */
export function fileRefused(file: string, problem: string, cause?: unknown): SealError {
  return new SealError(
    "key-file",
    `The public key file ${file} ${problem}.`,
    "Write it anew, where the key is: gpg --armor --output FILE --export KEY",
    cause,
  );
}

/** @param why to follow a colon */
export function keyRefused(key: string, file: string, why: string, cause?: unknown): SealError {
  return new SealError(
    "key-unusable",
    `Nothing can be encrypted to the key ${key} in ${file}: ${why}.`,
    "Mend the key where its owner has it and export it again, or take it out of `recipients`.",
    cause,
  );
}
