import { createCipheriv, randomBytes } from "node:crypto";
import { encryptInPlace, leadOf, TRAILER } from "../src/packets/encrypted-data.ts";
import { packetHeader } from "../src/packets/packet-header.ts";
import { countOf, ITERATED_AND_SALTED, SALT, stringToKey } from "../src/packets/string-to-key.ts";
import {
  AES_256,
  SHA_256,
  SYMMETRIC_KEY_VERSION,
  TAG_SYMMETRIC_KEY,
} from "../src/packets/symmetric-key-packet.ts";

/** A data key's message that takes no time to open: the same form, with the lowest count. */
export function weakDataKeyMessage(dataKey: string, passphrase: string): Uint8Array {
  const sessionKey = randomBytes(32);
  const salt = randomBytes(SALT);
  const key = stringToKey(salt, passphrase, countOf(0));
  const hidden = createCipheriv("aes-256-cfb", key, Buffer.alloc(16)).update(
    Buffer.concat([Uint8Array.of(AES_256), sessionKey]),
  );
  const form = [SYMMETRIC_KEY_VERSION, AES_256, ITERATED_AND_SALTED, SHA_256, ...salt, 0];
  const body = Buffer.concat([Uint8Array.from(form), hidden]);
  const packet = Buffer.concat([packetHeader(TAG_SYMMETRIC_KEY, body.length), body]);
  const plain = Buffer.from(`${dataKey}\n`);
  const lead = leadOf(packet, plain.length);
  const message = Buffer.concat([lead.clear, lead.hidden, plain, Buffer.alloc(TRAILER)]);
  for (const _ of encryptInPlace(message, lead.clear.length, sessionKey)) continue;
  return message;
}
