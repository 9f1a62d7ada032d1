import { packetAt } from "../packets/packet-at.ts";

/** One key: the packets from its own to the next key's. */
export interface KeyBytes {
  /** 6 for a public key, 5 for a secret one. */
  readonly tag: number;
  readonly version: number;
  readonly bytes: Uint8Array;
}

/**
 * Cuts packets as `gpg --export` writes them (RFC 4880, section 4.2) into keys;
 * undefined if they are no keys or torn off. openpgp.js adds what follows a key
 * that it does not understand to the key before: that would be a recipient lost.
 */
export function cutIntoKeys(packets: Uint8Array): KeyBytes[] | undefined {
  const starts: { at: number; tag: number; version: number }[] = [];
  let at = 0;
  while (at < packets.length) {
    const packet = packetAt(packets, at);
    if (packet === undefined || packet.end > packets.length) return undefined;
    const { tag, body, end } = packet;
    if (KEYS.includes(tag)) starts.push({ at, tag, version: packets[body] ?? 0 });
    else if (starts.length === 0) return undefined;
    at = end;
  }
  return starts.map(({ at: start, tag, version }, index) => {
    return { tag, version, bytes: packets.slice(start, starts[index + 1]?.at) };
  });
}

/** Tags of a secret and of a public primary key. */
const KEYS = [5, 6];
