import { readNumber } from "./read-number.ts";

/** Bytes of a header, and what a tar's parts are padded to. */
export const BLOCK = 512;

/** What a header block itself says of a member. */
export interface Header {
  /** The type flag; that of a file where the flag is none that can be printed. */
  readonly type: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: number;
  /** Bytes that follow, without padding; NaN if the field holds no number of bytes. */
  readonly size: number;
  readonly path: Uint8Array;
  readonly link: Uint8Array;
  /** Of a sparse file in GNU's old format: its bytes with holes, and whether blocks of its map follow. */
  readonly sparse: { readonly size: number; readonly continued: boolean } | undefined;
}

/** Reads the block at `at`; undefined if its checksum is not that of a header. */
export function readHeader(bytes: Uint8Array, at: number): Header | undefined {
  const block = new DataView(bytes.buffer, bytes.byteOffset + at, BLOCK);
  if (!checksumMatches(block)) return undefined;
  const type = typeOf(block.getUint8(156));
  const size = readNumber(block, 124, 12);
  return {
    type,
    mode: readNumber(block, 100, 8) & 0o7777,
    uid: orZero(readNumber(block, 108, 8)),
    gid: orZero(readNumber(block, 116, 8)),
    mtime: orZero(readNumber(block, 136, 12)),
    size: Number.isSafeInteger(size) && size >= 0 ? size : Number.NaN,
    path: pathOf(bytes, at),
    link: text(bytes, at + 157, 100),
    sparse: type === "S" ? sparseOf(block) : undefined,
  };
}

/** True if the block at `at` is one of those that end a tar. */
export function isZeroBlock(bytes: Uint8Array, at: number): boolean {
  for (let index = at; index < at + BLOCK; index++) if (bytes[index] !== 0) return false;
  return true;
}

/** True if the block of a sparse file's map says that another one follows. */
export function mapContinues(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 504] === 1;
}

/** A field of text up to its NUL, copied. */
function text(bytes: Uint8Array, at: number, length: number): Uint8Array {
  let end = at;
  while (end < at + length && bytes[end] !== 0) end += 1;
  return bytes.slice(at, end);
}

/** The name, behind the prefix that POSIX has room for. GNU's old header has times in that place. */
function pathOf(bytes: Uint8Array, at: number): Uint8Array {
  const name = text(bytes, at, 100);
  if (bytes[at + 345] === 0 || !isPosix(bytes, at)) return name;
  const prefix = text(bytes, at + 345, 155);
  const path = new Uint8Array(prefix.length + 1 + name.length);
  path.set(prefix);
  path[prefix.length] = 0x2f;
  path.set(name, prefix.length + 1);
  return path;
}

/** "ustar" with a NUL; GNU's old magic has blanks there. */
function isPosix(bytes: Uint8Array, at: number): boolean {
  const magic = [0x75, 0x73, 0x74, 0x61, 0x72, 0];
  return magic.every((byte, index) => bytes[at + 257 + index] === byte);
}

function sparseOf(block: DataView): Header["sparse"] {
  return { size: orZero(readNumber(block, 483, 12)), continued: block.getUint8(482) === 1 };
}

function typeOf(flag: number): string {
  return flag > 0x20 && flag < 0x7f ? String.fromCharCode(flag) : "0";
}

function orZero(value: number): number {
  return Number.isSafeInteger(value) ? value : 0;
}

/** Old programs summed signed bytes, so either sum counts. */
function checksumMatches(block: DataView): boolean {
  let sum = 8 * 0x20;
  let high = 0;
  for (let index = 0; index < BLOCK; index++) {
    if (index === 148) index += 8;
    const byte = block.getUint8(index);
    sum += byte;
    high += byte >> 7;
  }
  const stated = readNumber(block, 148, 8);
  return stated === sum || stated === sum - 256 * high;
}
