import type { Recipients } from "../recipients.ts";

/**
 * The message that keeps a data key: it decrypts to the 64 digits and a line feed.
 *
 * @throws {EncryptionError} code `empty-passphrase`, `no-recipient` or `invalid-input`
 */
export async function encryptDataKey(
  _dataKey: string,
  _recipients: Pick<Recipients, "passphrase" | "publicKeys">,
): Promise<Uint8Array> {
  throw new Error("not yet");
}
