import type { Member } from "@backuppc-archive-s3/chunk-splitter";

const TAB = 0x09;
const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;

/**
 * The line of a member in the member index, with its line feed:
 * `offset length type mode uid gid mtime size link-offset|- path`, parted by TAB. The mode is octal, all else decimal.
 *
 * @param linkOffset offset of the member that a hard link points to
 */
export function memberLine(member: Member, linkOffset: number | undefined): Buffer {
  const { offset, length, type, mode, uid, gid, mtime, size, path } = member;
  const octal = mode.toString(8).padStart(4, "0");
  const numbers = [offset, length, type, octal, uid, gid, mtime, size, linkOffset ?? "-"];
  return Buffer.concat([Buffer.from(`${numbers.join("\t")}\t`), escaped(path), END]);
}

const END = Buffer.of(LINE_FEED);

/**
 * What `printf %b` makes the path of. Four digits for a TAB and a line feed, so that a digit which follows is none of them.
 */
function escaped(path: Uint8Array): Uint8Array {
  if (!path.some((byte) => byte === BACKSLASH || byte === TAB || byte === LINE_FEED)) return path;
  const text = Buffer.from(path).toString("latin1");
  const escapedText = text
    .replaceAll("\\", "\\\\")
    .replaceAll("\t", "\\0011")
    .replaceAll("\n", "\\0012");
  return Buffer.from(escapedText, "latin1");
}
