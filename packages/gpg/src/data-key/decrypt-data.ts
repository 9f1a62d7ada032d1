import { createDecipheriv, createHash } from "node:crypto";
import { AES_BLOCK } from "../packets/cfb-cipher.ts";
import { DIGEST, LITERAL_HEADER, MDC_HEADER, TAG_LITERAL } from "../packets/encrypted-data.ts";
import { packetAt } from "../packets/packet-at.ts";
import { badMessage, wrongPassphrase } from "./message-errors.ts";

/**
 * The content of an encrypted data packet's body that `encryptInPlace` wrote.
 *
 * @throws {EncryptionError} code `decryption-failed` if its integrity is not proved, `bad-message`
 */
export function decryptData(body: Uint8Array, sessionKey: Uint8Array): Uint8Array {
  if (body[0] !== 1) throw badMessage("has no integrity protection of version 1");
  const decipher = createDecipheriv("aes-256-cfb", sessionKey, Buffer.alloc(AES_BLOCK));
  const plain = decipher.update(body.subarray(1));
  const covered = plain.subarray(0, -DIGEST);
  const digest = createHash("sha1").update(covered).digest();
  if (!digest.equals(plain.subarray(-DIGEST))) throw wrongPassphrase();
  return literal(covered.subarray(AES_BLOCK + 2));
}

function literal(packets: Uint8Array): Uint8Array {
  const end = packets.length - MDC_HEADER.length;
  const packet = packetAt(packets, 0);
  if (packet?.tag !== TAG_LITERAL || packet.end !== end) throw badMessage("holds no plain content");
  return packets.subarray(packet.body + LITERAL_HEADER.length, end);
}
