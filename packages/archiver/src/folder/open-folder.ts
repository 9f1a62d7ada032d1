import { mkdir, stat } from "node:fs/promises";
import { messageOf } from "@backuppc-archive-s3/process";
import { ArchiverError } from "../archiver-error.ts";

/** Write permission for the group and for all others. */
const WRITABLE_BY_OTHERS = 0o022;

/**
 * Makes the working folder if it is not there, and checks that nobody but this user and root can write to it:
 * who could, would decide what is taken for stored, and with which keys.
 *
 * @throws {ArchiverError} code `folder-untrusted` or `folder-unusable`
 */
export async function openFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(unusable(folder));
  const { uid, mode } = await stat(folder).catch(unusable(folder));
  if ((mode & WRITABLE_BY_OTHERS) !== 0) {
    throw untrusted(folder, `has the mode ${(mode & 0o7777).toString(8)}`);
  }
  if (uid !== 0 && uid !== process.getuid?.()) throw untrusted(folder, `belongs to user ${uid}`);
}

/** For a `catch`: the folder, or a file in it, can't be used. */
export function unusable(path: string): (cause: unknown) => never {
  return (cause) => {
    if (cause instanceof ArchiverError) throw cause;
    throw new ArchiverError(
      "folder-unusable",
      `${path} cannot be used: ${messageOf(cause)}.`,
      cause,
    );
  };
}

function untrusted(folder: string, why: string): ArchiverError {
  return new ArchiverError(
    "folder-untrusted",
    `Other users can write to the working directory: ${folder} ${why}.`,
  );
}
