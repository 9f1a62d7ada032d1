import type { Key } from "openpgp";
import { invalidInput } from "../encryption-error.ts";
import { fileRefused, signerRefused } from "../public-keys/key-errors.ts";
import { keysOfFile } from "../public-keys/keys-of-file.ts";
import { openpgpKey } from "../public-keys/openpgp-keys.ts";
import { reasonAgainst } from "../public-keys/reason-against.ts";
import { isSignature } from "./is-signature.ts";
import type { Verifier } from "./signing.ts";

/**
 * Trusts these keys and no others. A signature counts if its key was valid when it was made: a key that has expired since then
 * still counts, a revoked one is refused here.
 *
 * @param publicKeys armored; a text may hold several. With none, no signature is trusted.
 * @throws {EncryptionError} code `key-file`, `key-unusable` or `invalid-input`
 */
export async function readSigners(publicKeys: readonly string[]): Promise<Verifier> {
  const keys: Key[] = [];
  for (const [index, text] of publicKeys.entries()) {
    if (typeof text !== "string") throw invalidInput("A signer's key is not a string.");
    keys.push(...(await keysIn(text, `of signer ${index + 1}`)));
  }
  return {
    async verify(bytes, signature) {
      if (!(bytes instanceof Uint8Array)) throw invalidInput("The signed bytes are no Uint8Array.");
      for (const key of keys) {
        if (await isSignature(signature, bytes, key)) return key.getFingerprint().toUpperCase();
      }
      return undefined;
    },
  };
}

async function keysIn(text: string, file: string): Promise<Key[]> {
  const blocks = await keysOfFile(Buffer.from(text), file);
  return await Promise.all(blocks.map((block) => checkedKey(block, file)));
}

async function checkedKey(bytes: Uint8Array, file: string): Promise<Key> {
  const key = await openpgpKey(bytes).catch((error: unknown) => {
    throw fileRefused(file, "holds a key that cannot be parsed", error);
  });
  await key.getSigningKey(undefined, null).catch(async (error: unknown) => {
    const fingerprint = key.getFingerprint().toUpperCase();
    throw signerRefused(fingerprint, file, await reasonAgainst(key, error, new Date()), error);
  });
  return key;
}
