import { createHash } from "node:crypto";

/** Bytes of salt. */
export const SALT = 8;

/** Numbers of RFC 4880, sections 3.7.1.2 and 3.7.1.3. */
export const SALTED = 1;
export const ITERATED_AND_SALTED = 3;

/** The largest count, and what gpg chooses: 65,011,712 bytes. */
export const STRONGEST_COUNT = 0xff;

/** A key of 32 bytes from a passphrase: SHA-256 of salt and passphrase, repeated until `count` bytes have been digested. */
export function stringToKey(salt: Uint8Array, passphrase: string, count = 0): Uint8Array {
  const once = Buffer.concat([salt, Buffer.from(passphrase)]);
  const digest = createHash("sha256");
  if (count <= once.length) return digest.update(once).digest();
  const many = Buffer.alloc(Math.ceil(65_536 / once.length) * once.length, once);
  let left = count;
  for (; left >= many.length; left -= many.length) digest.update(many);
  return digest.update(many.subarray(0, left)).digest();
}

/** The bytes that an octet stands for. */
export function countOf(octet: number): number {
  return (16 + (octet & 15)) << ((octet >> 4) + 6);
}
