import type { Signer } from "./signing.ts";

/**
 * @param secret an armored secret key without passphrase, from `createSigningKey`
 * @throws {EncryptionError} code `key-unusable`
 */
export async function openSigner(_secret: string): Promise<Signer> {
  throw new Error("not yet");
}
