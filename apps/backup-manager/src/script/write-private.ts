import { randomBytes } from "node:crypto";
import { lstat, open, rename, rm } from "node:fs/promises";
import { messageOf } from "@backuppc-archive-s3/process";
import { ManagerError } from "../manager-error.ts";

/**
 * Writes the file whole or not at all, readable by its owner alone: whoever has a
 * restore script can download the archive.
 *
 * @throws {ManagerError} code `output-failed`
 */
export async function writePrivate(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.part`;
  try {
    await refuseSpecial(path);
    await writeNew(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const why = messageOf(error);
    const hint = "Choose a file in a folder that you may write to.";
    throw new ManagerError("output-failed", `${path} can't be written: ${why}`, hint, error);
  }
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    // A rename that is on the disk before the text would leave an empty script after a crash.
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename would put a file in the place of a device such as /dev/stdout, or of a link. */
async function refuseSpecial(path: string): Promise<void> {
  const there = await lstat(path).catch(() => undefined);
  if (there !== undefined && !there.isFile()) throw new Error("it is not a regular file");
}
