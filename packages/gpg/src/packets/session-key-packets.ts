import { encryptSessionKeyTo } from "../public-keys/encrypt-session-key.ts";
import type { Recipients } from "../recipients.ts";
import { joined } from "./joined.ts";
import { dataKeyPacket, passphrasePacket } from "./symmetric-key-packet.ts";

/** What stands before the encrypted data: the session key, once for each recipient. */
export class SessionKeyPackets {
  readonly #recipients: Recipients;
  readonly #toPublicKeys: ((sessionKey: Uint8Array) => Promise<Uint8Array>)[];

  constructor(recipients: Recipients) {
    this.#recipients = recipients;
    this.#toPublicKeys = (recipients.publicKeys ?? []).map(encryptSessionKeyTo);
  }

  async of(sessionKey: Uint8Array): Promise<Uint8Array> {
    const { dataKey, passphrase } = this.#recipients;
    // The public keys first, as gpg does it: whoever has one is then not asked for the passphrase.
    return joined([
      ...(await Promise.all(this.#toPublicKeys.map((encrypt) => encrypt(sessionKey)))),
      ...(dataKey === undefined ? [] : [dataKeyPacket(sessionKey, dataKey)]),
      ...(passphrase === undefined ? [] : [passphrasePacket(sessionKey, passphrase)]),
    ]);
  }
}
