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

interface Packet {
  readonly tag: number;
  /** Where its body begins, and where it ends. */
  readonly body: number;
  readonly end: number;
}

function packetAt(packets: Uint8Array, at: number): Packet | undefined {
  const first = packets[at] ?? 0;
  if ((first & 0x80) === 0) return undefined;
  const isNew = (first & 0x40) !== 0;
  const size = isNew ? newLength(packets, at + 1) : oldLength(packets, at + 1, first & 3);
  if (size === undefined) return undefined;
  const body = at + 1 + size.octets;
  return { tag: isNew ? first & 0x3f : (first >> 2) & 0x0f, body, end: body + size.length };
}

interface Size {
  /** That tell the length. */
  readonly octets: number;
  readonly length: number;
}

/** Section 4.2.1; an indeterminate length is for data only. */
function oldLength(packets: Uint8Array, at: number, type: number): Size | undefined {
  if (type === 3) return undefined;
  const octets = 2 ** type;
  return { octets, length: bigEndian(packets.subarray(at, at + octets)) };
}

/** Section 4.2.2; partial lengths are for data only. */
function newLength(packets: Uint8Array, at: number): Size | undefined {
  const first = packets[at] ?? 0;
  if (first < 192) return { octets: 1, length: first };
  if (first < 224) return { octets: 2, length: (first - 192) * 256 + (packets[at + 1] ?? 0) + 192 };
  if (first < 255) return undefined;
  return { octets: 5, length: bigEndian(packets.subarray(at + 1, at + 5)) };
}

function bigEndian(octets: Uint8Array): number {
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}
