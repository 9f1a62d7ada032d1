/** What could not be encrypted, decrypted, signed or read, in the few kinds that callers tell apart. */
export type EncryptionErrorCode =
  /** The passphrase has no character. */
  | "empty-passphrase"
  /** There is nobody to encrypt to. */
  | "no-recipient"
  /** An argument is of the wrong type or out of range; nothing was done. */
  | "invalid-input"
  /** A file holds something other than public keys. */
  | "key-file"
  /** A key is expired, revoked, protected or of the wrong kind. */
  | "key-unusable"
  | "encryption-failed"
  /** A message could not be opened with this passphrase. */
  | "decryption-failed"
  /** A message is not of the form that this package writes. */
  | "bad-message"
  /** A worker thread ended by itself. */
  | "worker-lost"
  /** The encryptor was closed. */
  | "closed";

/** A failed encryption, decryption or key check. What was written of the message is worthless. */
export class EncryptionError extends Error {
  override readonly name = "EncryptionError";
  readonly code: EncryptionErrorCode;
  /** What the user can do about it, one line. */
  readonly hint: string;

  constructor(code: EncryptionErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}

/** What an encryptor throws once it was closed. */
export function closedError(): EncryptionError {
  return new EncryptionError("closed", "The encryptor was closed.", "Create a new one.");
}

/** @param message a sentence that names the argument, never its value, which may be secret */
export function invalidInput(message: string, cause?: unknown): EncryptionError {
  return new EncryptionError("invalid-input", message, "Correct the call.", cause);
}
