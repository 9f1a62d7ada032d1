import { isUtf8 } from "node:buffer";
import { plainName } from "../members/member-name.ts";

/**
 * A path as a restore script looks it up in the member index: a backslash twice; control characters, and all beyond
 * ASCII of a name that is no UTF-8, as `\0` and three octal digits.
 *
 * @param path as the tar has it
 */
export function indexName(path: Buffer): string {
  const name = Buffer.from(plainName(path.toString("latin1")), "latin1");
  const isText = isUtf8(name);
  const escaped = [...name].flatMap((byte) => {
    if (byte === BACKSLASH) return [byte, byte];
    return byte >= SPACE && byte !== DELETE && (isText || byte < DELETE) ? [byte] : octal(byte);
  });
  return Buffer.from(escaped).toString("utf8");
}

const SPACE = 0x20;
const BACKSLASH = 0x5c;
const DELETE = 0x7f;

function octal(byte: number): number[] {
  return [...Buffer.from(`\\0${byte.toString(8).padStart(3, "0")}`)];
}
