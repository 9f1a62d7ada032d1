import { createCipheriv, randomBytes } from "node:crypto";
import { AES_BLOCK } from "./cfb-cipher.ts";
import { joined } from "./joined.ts";
import { packetHeader } from "./packet-header.ts";
import {
  countOf,
  ITERATED_AND_SALTED,
  SALT,
  SALTED,
  stringToKey,
  STRONGEST_COUNT,
} from "./string-to-key.ts";

/*
 * Symmetric-key encrypted session key packet, version 4 (RFC 4880, section
 * 5.3), by node:crypto: openpgp.js takes four times the CPU time for the same
 * derivation, and the memory of all bytes that are digested.
 */

export const TAG_SYMMETRIC_KEY = 3;
export const SYMMETRIC_KEY_VERSION = 4;
export const AES_256 = 9;
export const SHA_256 = 8;

/** The session key, opened by the passphrase at gpg's own strength. The salt is a new one each time. */
export function passphrasePacket(sessionKey: Uint8Array, passphrase: string): Uint8Array {
  const salt = randomBytes(SALT);
  const key = stringToKey(salt, passphrase, countOf(STRONGEST_COUNT));
  const count = Uint8Array.of(STRONGEST_COUNT);
  return packet([Uint8Array.of(ITERATED_AND_SALTED, SHA_256), salt, count], key, sessionKey);
}

/** The session key, opened by the data key. The salt is a new one each time: one used twice reveals how session keys differ. */
export function dataKeyPacket(sessionKey: Uint8Array, dataKey: string): Uint8Array {
  const salt = randomBytes(SALT);
  const key = stringToKey(salt, dataKey);
  return packet([Uint8Array.of(SALTED, SHA_256), salt], key, sessionKey);
}

const START = Uint8Array.of(SYMMETRIC_KEY_VERSION, AES_256);

function packet(
  stringToKeySpecifier: readonly Uint8Array[],
  key: Uint8Array,
  sessionKey: Uint8Array,
): Uint8Array {
  const cipher = createCipheriv("aes-256-cfb", key, Buffer.alloc(AES_BLOCK));
  const encrypted = cipher.update(Uint8Array.of(AES_256, ...sessionKey));
  const body = joined([START, ...stringToKeySpecifier, encrypted]);
  return joined([packetHeader(TAG_SYMMETRIC_KEY, body.length), body]);
}
