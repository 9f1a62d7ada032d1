/** The header of a packet with a definite length (RFC 4880, section 4.2.2). */
export function packetHeader(tag: number, length: number): Uint8Array {
  return Uint8Array.of(0xc0 | tag, ...lengthOctets(length));
}

function lengthOctets(length: number): readonly number[] {
  if (length < 192) return [length];
  if (length < 8384) return [192 + ((length - 192) >> 8), (length - 192) & 0xff];
  return [0xff, length >>> 24, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff];
}
