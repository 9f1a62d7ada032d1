import type { Key } from "openpgp";
import { fileRefused, keyRefused } from "./key-errors.ts";
import { openpgpKey, wholeConfig } from "./openpgp-keys.ts";
import type { PublicKey } from "./public-key.ts";
import { reasonAgainst } from "./reason-against.ts";

/** Of RFC 9580: no gpg to 2.4 can open what is encrypted to them. */
const UNREAD_BY_GPG: readonly string[] = ["x25519", "x448"];

/**
 * Checks that messages can be encrypted to a key, in a form that gpg opens.
 *
 * @throws {EncryptionError} code `key-unusable`, or `key-file` for what cannot be parsed
 */
export async function checkKey(bytes: Uint8Array, file: string, now: Date): Promise<PublicKey> {
  const key = await openpgpKey(bytes).catch((error: unknown) => {
    throw fileRefused(file, "holds a key that cannot be parsed", error);
  });
  const fingerprint = key.getFingerprint().toUpperCase();
  const userId = await userIdOf(key, now);
  const name = userId === "" ? fingerprint : `${fingerprint} (${userId})`;
  const subkey = await key
    .getEncryptionKey(undefined, now, undefined, await wholeConfig())
    .catch(async (error: unknown) => {
      throw keyRefused(name, file, await reasonAgainst(key, error, now), error);
    });
  const { algorithm } = subkey.getAlgorithmInfo();
  if (UNREAD_BY_GPG.includes(algorithm)) {
    throw keyRefused(name, file, `its encryption is ${algorithm}, which gpg does not read`);
  }
  return {
    fingerprint,
    subkey: subkey.getFingerprint().toUpperCase(),
    userId,
    bytes,
    checked: now,
  };
}

/** On one line, as anyone can write anything into a user ID, and not longer than a line. */
async function userIdOf(key: Key, now: Date): Promise<string> {
  const primary = await key.getPrimaryUser(now).catch(() => undefined);
  const userId = primary?.user.userID?.userID ?? key.getUserIDs()[0] ?? "";
  return userId.replaceAll(/\p{C}+/gu, "?").slice(0, 100);
}
