import type { Recipients } from "../recipients.ts";
import { joined } from "./joined.ts";
import { dataKeyPacket, passphrasePacket } from "./symmetric-key-packet.ts";

/** The secrets among the recipients. */
export type Secrets = Pick<Recipients, "dataKey" | "passphrase">;

/** The session key for each of the secrets. */
export function secretPackets(
  { dataKey, passphrase }: Secrets,
  sessionKey: Uint8Array,
): Uint8Array {
  return joined([
    ...(dataKey === undefined ? [] : [dataKeyPacket(sessionKey, dataKey)]),
    ...(passphrase === undefined ? [] : [passphrasePacket(sessionKey, passphrase)]),
  ]);
}
