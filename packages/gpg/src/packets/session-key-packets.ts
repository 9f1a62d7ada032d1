import type { Key } from "openpgp";
import { KEY_RULES, openpgpKey } from "../public-keys/openpgp-keys.ts";
import type { PublicKey } from "../public-keys/public-key.ts";
import type { Recipients } from "../recipients.ts";
import { joined } from "./joined.ts";
import { passphrasePacket } from "./passphrase-packet.ts";

/** What stands before the encrypted data: the session key, once for each recipient. */
export class SessionKeyPackets {
  readonly #passphrase: string | undefined;
  readonly #publicKeys: readonly PublicKey[];
  #openpgpKeys: Promise<Key[]> | undefined;

  constructor({ passphrase, publicKeys = [] }: Recipients) {
    this.#passphrase = passphrase;
    this.#publicKeys = publicKeys;
  }

  async of(sessionKey: Uint8Array): Promise<Uint8Array> {
    // The keys first, as gpg does it: who has one is then not asked for the passphrase.
    return joined([
      ...(this.#publicKeys.length === 0 ? [] : [await this.#publicKeyPackets(sessionKey)]),
      ...(this.#passphrase === undefined ? [] : [passphrasePacket(sessionKey, this.#passphrase)]),
    ]);
  }

  async #publicKeyPackets(sessionKey: Uint8Array): Promise<Uint8Array> {
    const { encryptSessionKey } = await import("openpgp");
    // Understood once for all messages of this thread.
    this.#openpgpKeys ??= Promise.all(this.#publicKeys.map(({ bytes }) => openpgpKey(bytes)));
    const [first] = this.#publicKeys;
    return await encryptSessionKey({
      data: sessionKey,
      algorithm: "aes256",
      encryptionKeys: await this.#openpgpKeys,
      format: "binary",
      ...(first && { date: first.checked }),
      // Never an AEAD dialect, whatever the keys prefer: gpg 2.2 would not read it.
      config: KEY_RULES,
    });
  }
}
