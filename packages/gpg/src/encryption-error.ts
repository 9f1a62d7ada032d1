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

/** Whose key is unusable, where it is not a recipient's: one to verify with, or one to sign with. */
export type EncryptionErrorReason = "signer" | "signing-key";

/** A failed encryption, decryption or key check. What was written of the message is worthless. */
export class EncryptionError extends Error {
  override readonly name = "EncryptionError";
  readonly code: EncryptionErrorCode;
  /** Undefined where the code says all. */
  readonly reason: EncryptionErrorReason | undefined;

  constructor(
    code: EncryptionErrorCode,
    message: string,
    details: { reason?: EncryptionErrorReason; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.reason = details.reason;
  }
}

/** What an encryptor throws once it was closed. */
export function closedError(): EncryptionError {
  return new EncryptionError("closed", "The encryptor was closed.");
}

/** @param message a sentence that names the argument, never its value, which may be secret */
export function invalidInput(message: string, cause?: unknown): EncryptionError {
  return new EncryptionError("invalid-input", message, { cause });
}
