import { constants } from "node:fs";
import { type FileHandle, link, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { ArchiverError } from "../archiver-error.ts";
import { unusable } from "./open-folder.ts";

const { O_APPEND, O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;

/**
 * Opens a file of mode 0600 in the working folder, new or not, to append to. A symbolic link is not followed.
 *
 * @throws {ArchiverError} code `folder-unusable`
 */
export async function openPrivate(path: string): Promise<FileHandle> {
  const flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW;
  const file = await checked(await open(path, flags, 0o600).catch(unusable(path)), path);
  await giveNewToFolder(file, path);
  return file;
}

/**
 * What a file in the working folder holds; undefined if it is not there.
 *
 * @throws {ArchiverError} code `folder-unusable`: it is a link, no file, or can't be read
 */
export async function readPrivate(path: string): Promise<Buffer | undefined> {
  const file = await open(path, O_RDONLY | O_NOFOLLOW).catch((error: unknown) => {
    return isAbsent(error) ? undefined : unusable(path)(error);
  });
  if (file === undefined) return undefined;
  try {
    return await (await checked(file, path)).readFile();
  } catch (error) {
    return unusable(path)(error);
  } finally {
    await file.close();
  }
}

/**
 * Puts a file of mode 0600 in place of the one that is there, if any: whoever reads finds the old one or the new one, whole,
 * also after the machine has lost its power.
 *
 * @throws {ArchiverError} code `folder-unusable`
 */
export async function replacePrivate(path: string, pieces: Iterable<string>): Promise<void> {
  await writeBeside(path, pieces, (beside) => rename(beside, path));
}

/**
 * Makes a file of mode 0600 if there is none: of several who do so at the same time, one does it.
 *
 * @throws {ArchiverError} code `folder-unusable`
 */
export async function createPrivate(path: string, text: string): Promise<void> {
  await writeBeside(path, [text], async (beside) => {
    await link(beside, path).catch(unlessThere);
    await rm(beside);
  });
}

async function writeBeside(
  path: string,
  pieces: Iterable<string>,
  put: (beside: string) => Promise<void>,
): Promise<void> {
  const beside = `${path}.${process.pid}.new`;
  try {
    await rm(beside, { force: true });
    const file = await open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    try {
      await giveToFolder(file, path);
      for (const block of blocksOf(pieces)) await file.writeFile(block);
      await file.sync();
    } finally {
      await file.close();
    }
    await put(beside);
    await syncFolder(path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    unusable(path)(error);
  }
}

/** Characters that are written together. */
const BLOCK = 262_144;

function* blocksOf(pieces: Iterable<string>): Generator<string> {
  let block = "";
  for (const piece of pieces) {
    block += piece;
    if (block.length < BLOCK) continue;
    yield block;
    block = "";
  }
  yield block;
}

function unlessThere(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
}

/** Closes what is no file. */
async function checked(file: FileHandle, path: string): Promise<FileHandle> {
  try {
    if (!(await file.stat()).isFile()) {
      throw new ArchiverError("folder-unusable", `${path} is not a regular file.`);
    }
    return file;
  } catch (error) {
    await file.close();
    return unusable(path)(error);
  }
}

/** A file with content or other names may be anything: it is left to its owner. */
async function giveNewToFolder(file: FileHandle, path: string): Promise<void> {
  try {
    const { size, nlink } = await file.stat();
    if (size === 0 && nlink === 1) await giveToFolder(file, path);
  } catch (error) {
    await file.close();
    unusable(path)(error);
  }
}

/** Where root works in another user's folder, that user must be able to use the file, too. */
async function giveToFolder(file: FileHandle, path: string): Promise<void> {
  const [own, folder] = await Promise.all([file.stat(), stat(dirname(path))]);
  if (process.getuid?.() === 0 && own.uid !== folder.uid) await file.chown(folder.uid, folder.gid);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), O_RDONLY | O_DIRECTORY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
