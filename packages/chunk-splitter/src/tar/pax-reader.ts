import { BoundedBytes } from "./bounded-bytes.ts";
import type { ExtensionReader } from "./extension.ts";

/** Values of pax records by their keys. */
export type PaxRecords = Map<string, Uint8Array>;

/** The records that say where a member ends or what a list shows of it; others are passed over. */
const KEPT = new Set([
  "path",
  "linkpath",
  "size",
  "uid",
  "gid",
  "mtime",
  "GNU.sparse.name",
  "GNU.sparse.realsize",
  "GNU.sparse.size",
]);
const LONGEST_KEY = 32;
const DIGITS = 15;
const [LINE_FEED, SPACE, EQUALS] = [0x0a, 0x20, 0x3d];

/**
 * Reads pax records: `<length> <key>=<value>\n`. A record is what its length
 * says and nothing else, since the value of an attribute is whatever a stranger
 * put there: line feeds, bytes that are not UTF-8, what looks like a record.
 * From the first record that breaks the rule on, nothing more is read.
 */
export class PaxReader implements ExtensionReader {
  readonly #records: PaxRecords;
  #phase: "length" | "key" | "value" | "broken" = "length";
  #length = 0;
  #digits = 0;
  /** Bytes of the record that are still to come. */
  #left = 0;
  #key = "";
  #value: BoundedBytes | undefined;

  /** @param records receives the records that are kept; a later one replaces an earlier one */
  constructor(records: PaxRecords) {
    this.#records = records;
  }

  add(part: Uint8Array): void {
    let at = 0;
    while (this.#phase !== "broken") {
      const byte = part[at];
      if (byte === undefined) return;
      if (this.#phase === "value") {
        at = this.#readValue(part, at);
        continue;
      }
      at += 1;
      if (this.#phase === "key") this.#readKey(byte);
      else this.#readLength(byte);
    }
  }

  end(): void {
    this.#phase = "broken";
  }

  #readLength(byte: number): void {
    if (byte === SPACE) {
      this.#left = this.#length - this.#digits - 1;
      this.#key = "";
      this.#phase = this.#left >= 2 ? "key" : "broken";
      return;
    }
    const digit = byte - 0x30;
    this.#length = this.#length * 10 + digit;
    this.#digits += 1;
    if (digit < 0 || digit > 9 || this.#digits > DIGITS) this.#phase = "broken";
  }

  #readKey(byte: number): void {
    this.#left -= 1;
    if (this.#left === 0) this.#phase = "broken";
    else if (byte !== EQUALS) this.#key += keyCharacter(byte, this.#key);
    else {
      this.#phase = "value";
      this.#value = KEPT.has(this.#key) ? new BoundedBytes() : undefined;
    }
  }

  #readValue(part: Uint8Array, at: number): number {
    const end = Math.min(part.length, at + this.#left);
    this.#value?.add(part.subarray(at, end));
    this.#left -= end - at;
    if (this.#left === 0) this.#endRecord(part[end - 1] === LINE_FEED);
    return end;
  }

  #endRecord(whole: boolean): void {
    const value = this.#value?.take();
    if (whole && value !== undefined) this.#records.set(this.#key, value.subarray(0, -1));
    this.#phase = whole ? "length" : "broken";
    this.#length = 0;
    this.#digits = 0;
  }
}

/** Longer keys are none that is kept; they need not be held. */
function keyCharacter(byte: number, key: string): string {
  return key.length < LONGEST_KEY ? String.fromCharCode(byte) : "";
}
