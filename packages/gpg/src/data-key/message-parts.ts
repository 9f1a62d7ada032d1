import { TAG_SEIPD } from "../packets/encrypted-data.ts";
import { packetAt } from "../packets/packet-at.ts";
import { TAG_SYMMETRIC_KEY } from "../packets/symmetric-key-packet.ts";
import { badMessage } from "./message-errors.ts";

/** The bodies of the packets that a passphrase needs. */
export interface MessageParts {
  readonly sessionKey: Uint8Array;
  readonly data: Uint8Array;
}

/** Of a session key that is encrypted to a public key. */
const TAG_PUBLIC_KEY = 1;
/** Bytes: room for a hundred public keys. */
const MOST = 65_536;

/** @throws {EncryptionError} code `bad-message` unless there is one of each, the data last */
export function messageParts(message: Uint8Array): MessageParts {
  if (message.length > MOST) throw badMessage(`is longer than ${MOST} bytes`);
  const sessionKeys: Uint8Array[] = [];
  for (let at = 0; at < message.length;) {
    const packet = packetAt(message, at);
    if (packet === undefined || packet.end > message.length) break;
    const body = message.subarray(packet.body, packet.end);
    if (packet.tag === TAG_SEIPD && packet.end === message.length) return found(sessionKeys, body);
    if (packet.tag === TAG_SYMMETRIC_KEY) sessionKeys.push(body);
    else if (packet.tag !== TAG_PUBLIC_KEY) break;
    at = packet.end;
  }
  throw badMessage("is not an encrypted OpenPGP message of definite length");
}

function found(sessionKeys: readonly Uint8Array[], data: Uint8Array): MessageParts {
  const [sessionKey, ...others] = sessionKeys;
  if (sessionKey !== undefined && others.length === 0) return { sessionKey, data };
  throw badMessage("is not encrypted to one passphrase");
}
