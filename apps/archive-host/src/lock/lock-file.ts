import { spawn } from "node:child_process";
import { type FileHandle, open, rm, stat } from "node:fs/promises";
import { ArchiveError } from "../archive-error.ts";
import { bareEnvironment } from "@backuppc-archive-s3/process";
import { childEnd } from "@backuppc-archive-s3/process";
import { couldNotBeRun, started } from "@backuppc-archive-s3/process";
import { unusable } from "../working-files.ts";

/** Held until it is released, or the process ends in whatever way. */
export interface Lock {
  release(): Promise<void>;
}

/** The status with which flock(1) tells that somebody else holds the lock. */
const HELD = 75;

/**
 * Takes a lock that the kernel drops with this process, so that no stale one is
 * ever left: flock(1) locks the open file, which it shares with us.
 *
 * @throws {ArchiveError} code `locked` if another process holds it, `lock-failed` or `spool-failed` if nobody could
 */
export async function lockFile(path: string): Promise<Lock> {
  for (;;) {
    const file = await open(path, "a", 0o600).catch(unusable);
    try {
      await lockOpenFile(file, path);
      // Whoever held it has removed the file meanwhile: what we locked is no longer there.
      if (await isAt(file, path)) return heldLock(file, path);
    } catch (error) {
      await file.close();
      throw error;
    }
    await file.close();
  }
}

function heldLock(file: FileHandle, path: string): Lock {
  return {
    async release() {
      try {
        // Another may have its lock there, if somebody has removed our file meanwhile.
        if (await isAt(file, path)) await rm(path, { force: true });
      } finally {
        await file.close();
      }
    },
  };
}

async function lockOpenFile(file: FileHandle, path: string): Promise<void> {
  const args = ["--nonblock", "--conflict-exit-code", String(HELD), "3"];
  const env = bareEnvironment(process.env);
  const child = await started(() =>
    spawn("flock", args, { stdio: ["ignore", "ignore", "ignore", file.fd], env }),
  ).catch((error: unknown) => {
    throw lockFailed(path, couldNotBeRun(error));
  });
  const { well, how } = await childEnd(child);
  if (well) return;
  throw child.exitCode === HELD ? locked(path) : lockFailed(path, how);
}

async function isAt(file: FileHandle, path: string): Promise<boolean> {
  const [ours, there] = await Promise.all([file.stat(), stat(path).catch(() => undefined)]);
  return there !== undefined && ours.ino === there.ino && ours.dev === there.dev;
}

function lockFailed(path: string, how: string): ArchiveError {
  return new ArchiveError(
    "lock-failed",
    `The lock ${path} could not be taken: flock ${how}.`,
    "flock(1) of Debian's package util-linux must be there, and the file system must know locks.",
  );
}

function locked(path: string): ArchiveError {
  return new ArchiveError(
    "locked",
    `Another archive-host is at work on this backup (it holds ${path}).`,
    "Wait until it has ended, or cancel it in BackupPC.",
  );
}
