import { invalidInput } from "../encryption-error.ts";
import type { Recipients } from "../recipients.ts";
import { createEncryptor } from "../this-thread.ts";
import { isDataKey } from "./new-data-key.ts";

/**
 * The message that keeps a data key: it decrypts to the 64 digits and a line feed.
 *
 * @throws {EncryptionError} code `empty-passphrase`, `no-recipient` or `invalid-input`
 */
export async function encryptDataKey(
  dataKey: string,
  { passphrase, publicKeys }: Pick<Recipients, "passphrase" | "publicKeys">,
): Promise<Uint8Array> {
  if (!isDataKey(dataKey)) throw invalidInput("The data key does not have 64 hexadecimal digits.");
  const encryptor = createEncryptor({ passphrase, publicKeys });
  const { bytes } = await encryptor.encrypt(Buffer.from(`${dataKey}\n`));
  return bytes.slice();
}
