/**
 * The plaintext in memory that may be overwritten and given to another thread, with room for its message: where it is if its
 * owner allows that, else a copy.
 */
export function withRoom(plain: Uint8Array, ownBuffer: boolean): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, length } = plain;
  if (ownBuffer && canBeGivenAway(buffer) && hasRoom(plain)) {
    return new Uint8Array(buffer, byteOffset, length);
  }
  const roomy = new Uint8Array(ROOM_TO_ENCRYPT + plain.length + ROOM_BEHIND);
  roomy.set(plain, ROOM_TO_ENCRYPT);
  return roomy.subarray(ROOM_TO_ENCRYPT, ROOM_TO_ENCRYPT + plain.length);
}

/** Node's pool of small Buffers is no larger: it is never given away, whatever the caller promises. */
const SMALL = 65_536;

function canBeGivenAway(buffer: ArrayBufferLike): buffer is ArrayBuffer {
  return buffer instanceof ArrayBuffer && buffer.byteLength > Math.max(SMALL, Buffer.poolSize);
}

function hasRoom({ buffer, byteOffset, length }: Uint8Array): boolean {
  const behind = buffer.byteLength - byteOffset - length;
  return byteOffset >= ROOM_TO_ENCRYPT && behind >= ROOM_BEHIND;
}

/**
 * Bytes that must be free before a plaintext for it to be encrypted in place: packets for the passphrase and the
 * public keys (RSA with 4096 bits: 529 bytes each), and the headers. With more public keys than fit, the message is a copy.
 */
export const ROOM_TO_ENCRYPT = 4096;

/** Bytes that must be free after it: the modification detection code. */
export const ROOM_BEHIND = 22;
