import { createDecipheriv } from "node:crypto";
import { AES_BLOCK } from "../packets/cfb-cipher.ts";
import { countOf, ITERATED_AND_SALTED, SALT, stringToKey } from "../packets/string-to-key.ts";
import { AES_256, SHA_256, SYMMETRIC_KEY_VERSION } from "../packets/symmetric-key-packet.ts";
import { badMessage, wrongPassphrase } from "./message-errors.ts";

const START = [SYMMETRIC_KEY_VERSION, AES_256, ITERATED_AND_SALTED, SHA_256];
const LENGTH = START.length + SALT + 1 + 1 + 32;

/**
 * The session key in the body of a packet that `passphrasePacket` wrote.
 *
 * @throws {EncryptionError} code `bad-message` or `decryption-failed`
 */
export function decryptSessionKey(body: Uint8Array, passphrase: string): Uint8Array {
  if (body.length !== LENGTH || START.some((octet, index) => body[index] !== octet)) {
    throw badMessage("is encrypted to a passphrase in another way");
  }
  const saltEnd = START.length + SALT;
  const salt = body.subarray(START.length, saltEnd);
  const count = Buffer.from(body).readUInt8(saltEnd);
  const key = stringToKey(salt, passphrase, countOf(count));
  const decipher = createDecipheriv("aes-256-cfb", key, Buffer.alloc(AES_BLOCK));
  const opened = decipher.update(body.subarray(saltEnd + 1));
  if (opened[0] !== AES_256) throw wrongPassphrase();
  return opened.subarray(1);
}
