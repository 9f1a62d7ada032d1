import { damaged } from "./read-object.ts";

/** Of an entry of the manifest: its own brace, six fields, and the comma behind it. */
const MARKS_AN_ENTRY = 8;
/** Around the entries. */
const MARKS_BESIDE = 64;

/**
 * Refuses JSON with more values than so many entries have: the small limit of bytes does not keep a hundred million
 * empty lists from filling the memory.
 *
 * @throws {CatalogError} code `damaged`
 */
export function refuseCrowded(key: string, json: Uint8Array, entries: number): void {
  const most = entries * MARKS_AN_ENTRY + MARKS_BESIDE;
  let marks = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === QUOTE) at = endOfString(json, at);
    else if (byte === COMMA || byte === LIST || byte === OBJECT) marks++;
    if (marks > most) throw damaged(key, `has more in it than ${entries} chunks`);
  }
}

const [QUOTE, COMMA, LIST, OBJECT, BACKSLASH] = [0x22, 0x2c, 0x5b, 0x7b, 0x5c];

function endOfString(json: Uint8Array, from: number): number {
  for (let at = from + 1; at < json.length; at++) {
    if (json[at] === BACKSLASH) at++;
    else if (json[at] === QUOTE) return at;
  }
  return json.length;
}
