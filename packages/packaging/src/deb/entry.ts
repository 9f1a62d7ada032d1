import { posix } from "node:path";

/** What a package installs at a path, which is from the root and has no slash in front. */
export type Entry = FileEntry | LinkEntry;

export interface FileEntry {
  readonly path: string;
  readonly mode: number;
  readonly bytes: Uint8Array;
}

export interface LinkEntry {
  readonly path: string;
  readonly target: string;
}

/** A file that everybody may read. */
export function file(path: string, content: Uint8Array | string): FileEntry {
  return { path, mode: 0o644, bytes: Buffer.from(content) };
}

export function program(path: string, content: Uint8Array | string): FileEntry {
  return { ...file(path, content), mode: 0o755 };
}

/** A link to what is at another path of the same system. */
export function link(path: string, to: string): LinkEntry {
  return { path, target: posix.relative(posix.dirname(path), to) };
}
