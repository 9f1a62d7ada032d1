/**
 * Opens a message of `encryptDataKey`. Reads that form only: what a stranger put in its place is refused and costs no more time.
 *
 * @throws {EncryptionError} code `decryption-failed` if the passphrase does not open it, or the message was changed;
 *   `bad-message` if it is something else; `invalid-input`
 */
export async function decryptDataKey(_message: Uint8Array, _passphrase: string): Promise<string> {
  throw new Error("not yet");
}
