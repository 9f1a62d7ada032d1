import type { Member } from "@backuppc-archive-s3/chunk-splitter";
import { ArchiverError } from "../archiver-error.ts";

/** A member as its line in the member index describes it. */
export interface IndexedMember extends Omit<Member, "path" | "link"> {
  /** Offset of the member that a hard link points to, where the index knows it. */
  readonly linkOffset: number | undefined;
  /** The name as the tar has it, in any encoding. */
  readonly path: Buffer;
}

/**
 * Reads a line of the member index, without its line feed.
 *
 * @throws {ArchiverError} code `bad-index`
 */
export function parseMemberLine(line: Uint8Array): IndexedMember {
  const text = Buffer.from(line).toString("latin1");
  const fields = FIELDS.exec(text)?.groups;
  if (fields === undefined) throw badLine(text);
  const { offset, length, type = "", mode = "", uid, gid, mtime, size, link, path = "" } = fields;
  const member = {
    offset: Number(offset),
    length: Number(length),
    type,
    mode: Number.parseInt(mode, 8),
    uid: Number(uid),
    gid: Number(gid),
    mtime: Number(mtime),
    size: Number(size),
    linkOffset: link === "-" ? undefined : Number(link),
    path: Buffer.from(unescaped(path), "latin1"),
  };
  const { path: _, type: __, linkOffset = 0, ...numbers } = member;
  if (![...Object.values(numbers), linkOffset].every(Number.isSafeInteger)) throw badLine(text);
  return member;
}

const NUMBER = String.raw`\d{1,16}`;
const FIELDS = new RegExp(
  [
    `^(?<offset>${NUMBER})`,
    `(?<length>${NUMBER})`,
    "(?<type>[^\\t\\n])",
    "(?<mode>[0-7]{1,6})",
    `(?<uid>-?${NUMBER})`,
    `(?<gid>-?${NUMBER})`,
    `(?<mtime>-?${NUMBER})`,
    `(?<size>${NUMBER})`,
    `(?<link>-|${NUMBER})`,
    "(?<path>[^\\t\\n]*)$",
  ].join("\\t"),
);

/** A TAB and a line feed are written as `\0011` and `\0012`, a backslash twice. */
function unescaped(path: string): string {
  return path.replaceAll(/\\(?:\\|0011|0012)/g, (escape) =>
    escape === BACKSLASHES ? "\\" : String.fromCharCode(Number.parseInt(escape.slice(1), 8)),
  );
}

const BACKSLASHES = "\\\\";

/** Longer ones hide the message. */
const SHOWN = 80;

function badLine(text: string): ArchiverError {
  return new ArchiverError(
    "bad-index",
    `A line of the member index is damaged: ${JSON.stringify(text.slice(0, SHOWN))}.`,
  );
}
