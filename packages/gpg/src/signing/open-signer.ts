import type { PrivateKey } from "openpgp";
import { EncryptionError, invalidInput } from "../encryption-error.ts";
import { messageOf } from "../message-of.ts";
import type { Signer } from "./signing.ts";

/**
 * @param secret an armored secret key without passphrase, from `createSigningKey`
 * @throws {EncryptionError} code `key-unusable` or `invalid-input`
 */
export async function openSigner(secret: string): Promise<Signer> {
  if (typeof secret !== "string") throw invalidInput("The signing key is not a string.");
  const key = await readSecretKey(secret);
  return {
    fingerprint: key.getFingerprint().toUpperCase(),
    publicKey: key.toPublic().armor(),
    sign: (bytes) => sign(bytes, key),
  };
}

async function readSecretKey(armored: string): Promise<PrivateKey> {
  const { readPrivateKey } = await import("openpgp");
  const key = await readPrivateKey({ armoredKey: armored }).catch((cause: unknown) => {
    throw unusable("it is no armored secret key, or a damaged one", cause);
  });
  if (!key.isDecrypted()) throw unusable("it has a passphrase");
  await key.getSigningKey(undefined, timeFor(key)).catch((cause: unknown) => {
    throw unusable(messageOf(cause), cause);
  });
  return key;
}

async function sign(bytes: Uint8Array, key: PrivateKey): Promise<Uint8Array> {
  if (!(bytes instanceof Uint8Array)) throw invalidInput("What is to be signed is no Uint8Array.");
  const openpgp = await import("openpgp");
  const message = await openpgp.createMessage({ binary: bytes });
  const options = { detached: true, format: "binary", date: timeFor(key) } as const;
  return await openpgp.sign({ message, signingKeys: key, ...options });
}

/** Now; for a key that was made while the clock was fast, the time when it was made. */
function timeFor(key: PrivateKey): Date {
  const now = new Date();
  const made = key.getCreationTime();
  return made > now ? made : now;
}

function unusable(why: string, cause?: unknown): EncryptionError {
  return new EncryptionError(
    "key-unusable",
    `Nothing can be signed with the signing key: ${why.replace(/\.$/, "")}.`,
    { reason: "signing-key", cause },
  );
}
