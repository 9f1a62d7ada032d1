import { isDataKey } from "./data-key/new-data-key.ts";
import { EncryptionError, invalidInput } from "./encryption-error.ts";
import type { PublicKey } from "./public-keys/public-key.ts";

/** Who can open the messages: anyone who has the data key or the passphrase, or the secret key of one of the public keys. */
export interface Recipients {
  /**
   * From `newDataKey`. Messages take it as passphrase, salted but not iterated (S2K mode 1): it is random, so that
   * iterations add nothing. Not together with `passphrase`: gpg cannot reliably tell which of two a message wants.
   */
  readonly dataKey?: string | undefined;
  /** Salted and iterated (S2K mode 3, 65,011,712 bytes), which takes 0.1 to 0.3 s of CPU for each message. */
  readonly passphrase?: string | undefined;
  /** From `readPublicKeys`. */
  readonly publicKeys?: readonly PublicKey[] | undefined;
}

/**
 * Refuses recipients with which nobody could open the messages.
 *
 * @throws {EncryptionError} code `empty-passphrase`, `no-recipient` or `invalid-input`
 */
export function checkRecipients({ dataKey, passphrase, publicKeys = [] }: Recipients): void {
  // An empty passphrase protects nothing, and gpg asks again and again for it.
  if (passphrase === "") {
    throw new EncryptionError("empty-passphrase", "The passphrase is empty.");
  }
  if (passphrase !== undefined) checkPassphrase(passphrase);
  if (dataKey !== undefined && !isDataKey(dataKey)) {
    throw invalidInput("The data key is not 64 lower-case hexadecimal digits.");
  }
  if (dataKey !== undefined && passphrase !== undefined) {
    throw invalidInput("A message takes either a data key or a passphrase, not both.");
  }
  checkPublicKeys(publicKeys);
  if ((dataKey ?? passphrase) !== undefined || publicKeys.length > 0) return;
  throw new EncryptionError("no-recipient", "No passphrase or public key is given.");
}

function checkPassphrase(passphrase: unknown): void {
  if (typeof passphrase !== "string") throw invalidInput("The passphrase is not a string.");
  // gpg reads a passphrase up to the end of its line.
  if (/[\n\0]/.test(passphrase)) {
    throw invalidInput("The passphrase contains a line feed or a NUL, which gpg cannot be given.");
  }
}

function checkPublicKeys(publicKeys: unknown): void {
  const keys: readonly unknown[] | undefined = Array.isArray(publicKeys) ? publicKeys : undefined;
  if (keys?.every(isPublicKey)) return;
  throw invalidInput("The public keys are not those that readPublicKeys returned.");
}

function isPublicKey(key: unknown): boolean {
  return typeof key === "object" && key !== null && "bytes" in key && "checked" in key;
}
