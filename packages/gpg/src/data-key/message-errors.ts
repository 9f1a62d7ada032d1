import { EncryptionError } from "../encryption-error.ts";

/** @param what completes the sentence "The data key's message …" */
export function badMessage(what: string): EncryptionError {
  return new EncryptionError("bad-message", `The data key's message ${what}.`);
}

/** The two causes cannot be distinguished: a wrong passphrase gives another key. */
export function wrongPassphrase(): EncryptionError {
  return new EncryptionError(
    "decryption-failed",
    "The passphrase does not open the data key, or its message is damaged.",
  );
}
