import { invalidInput } from "../encryption-error.ts";
import { decryptData } from "./decrypt-data.ts";
import { decryptSessionKey } from "./decrypt-session-key.ts";
import { badMessage } from "./message-errors.ts";
import { messageParts } from "./message-parts.ts";
import { isDataKey } from "./new-data-key.ts";

/**
 * Opens a message of `encryptDataKey`. Reads that form only: a message that someone else put in its place is refused and
 * takes no more time.
 *
 * @throws {EncryptionError} code `decryption-failed` if the passphrase does not open it, or it was changed;
 *   `bad-message` if it is something else; `invalid-input`
 */
export async function decryptDataKey(message: Uint8Array, passphrase: string): Promise<string> {
  if (!(message instanceof Uint8Array)) throw invalidInput("The message is not a Uint8Array.");
  if (typeof passphrase !== "string") throw invalidInput("The passphrase is not a string.");
  const { sessionKey, data } = messageParts(message);
  const content = decryptData(data, decryptSessionKey(sessionKey, passphrase));
  const dataKey = Buffer.from(content).toString("latin1").slice(0, -1);
  if (content.at(-1) !== LINE_FEED || !isDataKey(dataKey)) throw badMessage("holds no data key");
  return dataKey;
}

const LINE_FEED = 0x0a;
