import type { Key } from "openpgp";
import { KEY_RULES, openpgpKey } from "./openpgp-keys.ts";
import type { PublicKey } from "./public-key.ts";

/** What encrypts AES-256 session keys to a public key, as a packet. The key is parsed once for all of them. */
export function encryptSessionKeyTo({
  bytes,
  checked,
}: PublicKey): (sessionKey: Uint8Array) => Promise<Uint8Array> {
  let parsed: Promise<Key> | undefined;
  return async (data) => {
    const { encryptSessionKey } = await import("openpgp");
    return await encryptSessionKey({
      data,
      algorithm: "aes256",
      encryptionKeys: await (parsed ??= openpgpKey(bytes)),
      format: "binary",
      date: checked,
      // Never an AEAD dialect, whatever the key prefers: gpg 2.2 would not read it.
      config: KEY_RULES,
    });
  };
}
