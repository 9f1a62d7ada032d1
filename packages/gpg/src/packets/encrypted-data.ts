import { createHash, randomBytes } from "node:crypto";
import { AES_BLOCK, CfbCipher } from "./cfb-cipher.ts";
import { joined } from "./joined.ts";
import { WINDOW } from "./mix-keystream.ts";
import { packetHeader } from "./packet-header.ts";

/*
 * The body of a message as RFC 4880 has it, by node:crypto: openpgp.js takes a
 * third more CPU time and several times the memory for the same bytes.
 *
 *   SEIPD packet, version 1 (section 5.13)
 *     AES-256-CFB, initial vector zero, no resynchronisation, of
 *       16 random bytes, the last two of them again
 *       literal data packet (5.9)
 *       modification detection code packet (5.14): SHA-1 of all before
 */

export const TAG_SEIPD = 18;
export const TAG_LITERAL = 11;
const SEIPD_VERSION = Uint8Array.of(1);
/** Binary, no file name, no date. */
export const LITERAL_HEADER = Uint8Array.of(0x62, 0, 0, 0, 0, 0);
/** Tag and length of the modification detection code, which its own digest covers. */
export const MDC_HEADER = Uint8Array.of(0xd3, 20);
/** Bytes of SHA-1. */
export const DIGEST = 20;

/** Bytes behind the plaintext. */
export const TRAILER = MDC_HEADER.length + DIGEST;

/** What stands before the plaintext in a message. */
export interface Lead {
  /** Stored as it is. */
  readonly clear: Uint8Array;
  /** Encrypted like the plaintext. */
  readonly hidden: Uint8Array;
}

/** @param sessionKeyPackets the session key, once for each recipient */
export function leadOf(sessionKeyPackets: Uint8Array, plainLength: number): Lead {
  const prefix = randomBytes(AES_BLOCK);
  const hidden = joined([
    prefix,
    prefix.subarray(-2),
    packetHeader(TAG_LITERAL, LITERAL_HEADER.length + plainLength),
    LITERAL_HEADER,
  ]);
  const length = SEIPD_VERSION.length + hidden.length + plainLength + TRAILER;
  const clear = joined([sessionKeyPackets, packetHeader(TAG_SEIPD, length), SEIPD_VERSION]);
  return { clear, hidden };
}

/**
 * Encrypts a message where it lies, in one pass: SHA-1 of the plaintext, encryption and SHA-256 of the result go
 * over each window while the CPU's cache holds it. Pauses after each {@link STEP} bytes.
 *
 * @param message lead, plaintext, and {@link TRAILER} bytes
 * @param clear how many bytes at its beginning stay as they are
 * @returns SHA-256 of the encrypted message, lower-case hex
 */
export function* encryptInPlace(
  message: Uint8Array,
  clear: number,
  sessionKey: Uint8Array,
): Generator<void, string> {
  const cipher = new CfbCipher(sessionKey);
  const mdc = new DetectionCode(message);
  const sha256 = createHash("sha256").update(message.subarray(0, clear));
  let untilPause = STEP;
  for (let at = clear; at < message.length; at += WINDOW) {
    const window = message.subarray(at, at + WINDOW);
    mdc.cover(at, at + window.length);
    cipher.encrypt(window);
    sha256.update(window);
    untilPause -= window.length;
    if (untilPause > 0) continue;
    untilPause = STEP;
    yield;
  }
  return sha256.digest("hex");
}

/** Bytes between two pauses: about 2 ms of work. */
const STEP = 1_048_576;

/** The modification detection code at a message's end, written as soon as all before it has been seen. */
class DetectionCode {
  readonly #sha1 = createHash("sha1");
  readonly #message: Uint8Array;
  /** Where the digest stands. */
  readonly #place: number;

  constructor(message: Uint8Array) {
    this.#message = message;
    this.#place = message.length - DIGEST;
    message.set(MDC_HEADER, this.#place - MDC_HEADER.length);
  }

  /** To be called for each part of the message in turn, before it is encrypted. */
  cover(from: number, to: number): void {
    if (from >= this.#place) return;
    this.#sha1.update(this.#message.subarray(from, Math.min(to, this.#place)));
    if (to >= this.#place) this.#message.set(this.#sha1.digest(), this.#place);
  }
}
