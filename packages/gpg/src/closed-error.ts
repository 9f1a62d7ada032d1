import { EncryptionError } from "./encryption-error.ts";

/** What an encryptor throws once it was closed. */
export function closedError(): EncryptionError {
  return new EncryptionError("closed", "The encryptor was closed.", "Create a new one.");
}
