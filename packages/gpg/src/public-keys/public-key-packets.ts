import { joined } from "../packets/joined.ts";
import { encryptSessionKeyTo } from "./encrypt-session-key.ts";
import type { PublicKey } from "./public-key.ts";

/** Makes the packets that hold a session key for each of the public keys. */
export function publicKeyPackets(
  publicKeys: readonly PublicKey[] = [],
): (sessionKey: Uint8Array) => Promise<Uint8Array> {
  const encryptors = publicKeys.map(encryptSessionKeyTo);
  return async (sessionKey) =>
    joined(await Promise.all(encryptors.map((encrypt) => encrypt(sessionKey))));
}
