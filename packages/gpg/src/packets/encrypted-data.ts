import { randomBytes } from "node:crypto";
import { AES_BLOCK } from "./cfb-cipher.ts";
import { copyBytes } from "./copy-bytes.ts";
import { PartialLengths } from "./partial-lengths.ts";
import { ProtectedBody } from "./protected-body.ts";

/*
 * The body of a message as RFC 4880 has it, by node:crypto: openpgp.js takes a
 * third more CPU time and several times the memory for the same bytes.
 *
 *   SEIPD packet, version 1 (section 5.13), in partial lengths (4.2.2.4)
 *     AES-256-CFB, initial vector zero, no resynchronisation, of
 *       16 random bytes, the last two of them again
 *       literal data packet (5.9), in partial lengths
 *       modification detection code packet (5.14): SHA-1 of all before
 *
 * Bytes are pushed through: literal packet, encryption, packet around it, and
 * into the memory that they leave in. Each stage tells beforehand how many
 * will come, since a partial length stands before its bytes.
 */

const TAG_LITERAL = 0xcb;
const TAG_SEIPD = 0xd2;
const SEIPD_VERSION = Uint8Array.of(1);
/** Binary, no file name, no date. */
const LITERAL_HEADER = Uint8Array.of(0x62, 0, 0, 0, 0, 0);

/**
 * Bytes that a piece of the message may be longer than its plaintext: what waited in both packets and in the
 * encryption, and a header for each partial length. Less than 1,100; with this much room before it, a piece
 * is encrypted where it is.
 */
export const ROOM_TO_SEAL = 2048;

/**
 * Encrypts a stream to a session key of 32 bytes: what comes behind the session key's own packets.
 *
 * @param reuse put what a piece becomes into its own buffer, where that has {@link ROOM_TO_SEAL} before the piece
 */
export async function* encryptedData(
  plain: AsyncIterable<Uint8Array>,
  sessionKey: Uint8Array,
  reuse: boolean,
): AsyncGenerator<Uint8Array> {
  const message = new Message(sessionKey);
  yield message.start();
  for await (const piece of plain) {
    yield message.add(piece, reuse && piece.byteOffset >= ROOM_TO_SEAL ? piece.buffer : undefined);
  }
  yield message.end();
}

class Message {
  #piece: Buffer = Buffer.alloc(0);
  #filled = 0;
  readonly #packet = new PartialLengths(TAG_SEIPD, (bytes) => this.#put(bytes));
  readonly #body: ProtectedBody;
  readonly #literal: PartialLengths;

  constructor(sessionKey: Uint8Array) {
    this.#body = new ProtectedBody(sessionKey, (bytes) => this.#packet.write(bytes));
    this.#literal = new PartialLengths(TAG_LITERAL, (bytes) => this.#body.write(bytes));
  }

  start(): Uint8Array {
    const prefix = randomBytes(AES_BLOCK);
    const check = prefix.subarray(-2);
    const literal = this.#literal.announce(LITERAL_HEADER.length);
    const sealed = this.#body.announce(prefix.length + check.length + literal);
    this.#begin(this.#packet.announce(SEIPD_VERSION.length + sealed));
    this.#packet.write(SEIPD_VERSION);
    this.#body.write(prefix);
    this.#body.write(check);
    this.#literal.write(LITERAL_HEADER);
    return this.#piece;
  }

  add(plain: Uint8Array, buffer?: ArrayBufferLike): Uint8Array {
    const sealed = this.#body.announce(this.#literal.announce(plain.length));
    this.#begin(this.#packet.announce(sealed), buffer);
    this.#literal.write(plain);
    return this.#piece;
  }

  end(): Uint8Array {
    const sealed = this.#body.announceEnd(this.#literal.endLength);
    const length = this.#packet.announce(sealed);
    this.#begin(length + ROOM_TO_SEAL);
    this.#literal.end();
    this.#body.end();
    this.#packet.end();
    return this.#piece.subarray(0, this.#filled);
  }

  #begin(length: number, buffer: ArrayBufferLike = new ArrayBuffer(length)): void {
    this.#piece = Buffer.from(buffer, 0, length);
    this.#filled = 0;
  }

  #put(bytes: Uint8Array): void {
    copyBytes(bytes, this.#piece, this.#filled);
    this.#filled += bytes.length;
  }
}
