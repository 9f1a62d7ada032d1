import { EncryptionError } from "../encryption-error.ts";

/** @param message a sentence that names the argument, never its value, which may be secret */
export function invalidInput(message: string, cause?: unknown): EncryptionError {
  return new EncryptionError("invalid-input", message, "Correct the call.", cause);
}
