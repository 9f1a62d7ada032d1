import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { AES_BLOCK } from "./cfb-cipher.ts";

/*
 * Symmetric-key encrypted session key packet, version 4 (RFC 4880, section
 * 5.3), by node:crypto: openpgp.js takes four times the CPU time for the same
 * derivation, once for each chunk, and 20 MiB in each thread.
 */

const TAG = 0xc3;
const VERSION = 4;
const AES_256 = 9;
const SHA_256 = 8;
const ITERATED_AND_SALTED = 3;
/** Section 3.7.1.3: 16 << 20 bytes go through the digest, openpgp.js' own default; gpg counts four times as long. */
const COUNT_OCTET = 0xe0;
const COUNT = 16_777_216;
const SALT_LENGTH = 8;

/** The session key, to be opened by the passphrase. The salt is a new one each time. */
export function passphrasePacket(sessionKey: Uint8Array, passphrase: string): Uint8Array {
  const salt = randomBytes(SALT_LENGTH);
  const key = derivedKey(salt, passphrase);
  const cipher = createCipheriv("aes-256-cfb", key, Buffer.alloc(AES_BLOCK));
  const body = [
    Uint8Array.of(VERSION, AES_256, ITERATED_AND_SALTED, SHA_256),
    salt,
    Uint8Array.of(COUNT_OCTET),
    cipher.update(Uint8Array.of(AES_256, ...sessionKey)),
    cipher.final(),
  ];
  const length = body.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Uint8Array.of(TAG, length), ...body]);
}

/** Salt and passphrase through SHA-256, again and again until so many bytes have passed. */
function derivedKey(salt: Uint8Array, passphrase: string): Uint8Array {
  const once = Buffer.concat([salt, Buffer.from(passphrase)]);
  const many = Buffer.alloc(Math.ceil(65_536 / once.length) * once.length, once);
  const digest = createHash("sha256");
  let left = Math.max(COUNT, once.length);
  for (; left >= many.length; left -= many.length) digest.update(many);
  return digest.update(many.subarray(0, left)).digest();
}
