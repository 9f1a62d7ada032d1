import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { messageOf } from "./message-of.ts";
import { SettingsError, type SettingsErrorCode } from "./settings-error.ts";

/** A file as it was when it was read. */
export interface PrivateFile {
  readonly text: string;
  /** The mode of the very file that was read, even if another took its name since. */
  readonly mode: number;
}

/** How messages speak of such a file. */
export interface FileRole {
  /** Such as `configuration`. */
  readonly what: string;
  /** Of the error when it can't be read. */
  readonly code: SettingsErrorCode;
  readonly hint: string;
}

/**
 * Reads a file of text that may hold a secret.
 *
 * @throws {SettingsError} as the role says; the file's content is never part of it
 */
export async function readPrivateFile(
  fileName: string,
  { what, code, hint }: FileRole,
): Promise<PrivateFile> {
  try {
    // Else the open of a named pipe would wait for who writes to it, perhaps for ever.
    const file = await open(fileName, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return await readSmall(file);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const message = `The ${what} ${fileName} can't be read: ${reasonOf(cause)}.`;
    throw new SettingsError(code, message, hasCode(cause, "EACCES") ? RUN_AS : hint, cause);
  }
}

const RUN_AS = "Run this as the user backuppc, or as root.";

/** Whether {@link readPrivateFile} failed because there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof SettingsError && hasCode(error.cause, "ENOENT");
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** 1 MiB, hundreds of times what such a file has: it is some other file by mistake. */
const LARGEST = 1_048_576;

async function readSmall(file: FileHandle): Promise<PrivateFile> {
  const stat = await file.stat();
  if (!stat.isFile() && !stat.isDirectory()) throw new Error("it is no regular file");
  if (stat.size > LARGEST && stat.isFile()) throw new Error("it is larger than 1 MiB");
  return { text: decode(await file.readFile()), mode: stat.mode };
}

/** @throws {SettingsError} code `exposed`, if everyone on this machine can read it */
export function refuseReadable(fileName: string, mode: number): void {
  if ((mode & 0o004) !== 0) throw exposed(`${fileName} holds a secret, and`, "read", fileName);
}

/** @throws {SettingsError} code `exposed`, if everyone on this machine can write to it */
export function refuseWritable(fileName: string, mode: number): void {
  if ((mode & 0o002) !== 0) throw exposed(`${fileName} is trusted, but`, "change", fileName);
}

function exposed(why: string, what: "read" | "change", fileName: string): SettingsError {
  const message = `${why} every user of this machine can ${what} it.`;
  return new SettingsError("exposed", message, `Run: chmod o-rwx ${fileName}`);
}

/** Strict: a letter in another encoding would silently become another secret. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "ENOENT, there is no such file"],
  ["EACCES", "EACCES, this user may not read it"],
  ["EISDIR", "EISDIR, it is a directory"],
  ["ENOTDIR", "ENOTDIR, a part of its path is no directory"],
  ["ERR_ENCODING_INVALID_ENCODED_DATA", "it is not UTF-8"],
]);

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS.get(code) ?? messageOf(error);
}
