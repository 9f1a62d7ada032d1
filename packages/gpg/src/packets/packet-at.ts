/** A packet among others. */
export interface Packet {
  readonly tag: number;
  /** Where its body begins, and where it ends. */
  readonly body: number;
  readonly end: number;
}

/** The packet that begins at a place (RFC 4880, section 4.2); undefined if none does, or its length is not definite. It may end behind the bytes. */
export function packetAt(packets: Uint8Array, at: number): Packet | undefined {
  const first = packets[at] ?? 0;
  if ((first & 0x80) === 0) return undefined;
  const isNew = (first & 0x40) !== 0;
  const size = isNew ? newLength(packets, at + 1) : oldLength(packets, at + 1, first & 3);
  if (size === undefined) return undefined;
  const body = at + 1 + size.octets;
  return { tag: isNew ? first & 0x3f : (first >> 2) & 0x0f, body, end: body + size.length };
}

interface Size {
  /** Of the length itself. */
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
