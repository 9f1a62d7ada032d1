import { armor } from "./armor.ts";
import { RestoreScriptError } from "./restore-script-error.ts";
import type { RestoreInput } from "./restore-input.ts";

/**
 * The data key's message twice, armored: as the passphrase opens it and as secret keys do. A
 * message that has both asks gpg 2.4 users for the passphrase even if they have the key.
 *
 * @throws {RestoreScriptError} code `bad-data-key`
 */
export function keyBlocks({ id, encryption, dataKey }: RestoreInput): {
  KEY_FOR_PASSPHRASE: string;
  KEY_FOR_KEYS: string;
} {
  if (dataKey === undefined) {
    if (encryption?.passphrase === true && id.attempt !== undefined) throw badDataKey("is missing");
    return { KEY_FOR_PASSPHRASE: "", KEY_FOR_KEYS: "" };
  }
  const { byPassphrase, byKey, body } = readPackets(dataKey);
  const withKeys = (packets: readonly Uint8Array[]): string =>
    packets.length === 0 ? "" : armor(Buffer.concat([...packets, body]));
  return { KEY_FOR_PASSPHRASE: withKeys(byPassphrase), KEY_FOR_KEYS: withKeys(byKey) };
}

interface Packets {
  /** Those that hold the session key, encrypted with a passphrase (tag 3). */
  readonly byPassphrase: readonly Uint8Array[];
  /** The same, encrypted to a public key (tag 1). */
  readonly byKey: readonly Uint8Array[];
  /** All that follows them. */
  readonly body: Uint8Array;
}

function readPackets(message: Uint8Array): Packets {
  const byPassphrase: Uint8Array[] = [];
  const byKey: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const { tag, end } = readHeader(message, at);
    if (tag !== 1 && tag !== 3) {
      if (tag !== 18 || byPassphrase.length + byKey.length === 0) break;
      return { byPassphrase, byKey, body: message.subarray(at) };
    }
    (tag === 3 ? byPassphrase : byKey).push(message.subarray(at, end));
    at = end;
  }
  throw badDataKey("is not an encrypted OpenPGP message");
}

/** Where the packet at this place ends; only session keys' ends count, and those have no partial lengths. */
function readHeader(message: Uint8Array, at: number): { tag: number; end: number } {
  const [first = 0, length = 0, second = 0] = message.subarray(at, at + 3);
  if (first >= 0xc0) {
    const tag = first & 0x3f;
    if (length < 192) return { tag, end: at + 2 + length };
    return { tag, end: at + 3 + ((length - 192) << 8) + second + 192 };
  }
  const tag = first & 0x80 ? (first >> 2) & 0x0f : 0;
  // One byte of length, or two.
  return (first & 3) === 0
    ? { tag, end: at + 2 + length }
    : { tag, end: at + 3 + (length << 8) + second };
}

function badDataKey(what: string): RestoreScriptError {
  return new RestoreScriptError("bad-data-key", `The archive's data key ${what}.`);
}
