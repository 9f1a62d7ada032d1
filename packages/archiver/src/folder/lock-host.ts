import { spawn } from "node:child_process";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { encodeHost } from "@backuppc-archive-s3/backup-catalog";
import { bareEnvironment, childEnd, couldNotBeRun, started } from "@backuppc-archive-s3/process";
import { ArchiverError } from "../archiver-error.ts";
import { openPrivate } from "./private-file.ts";

/** Held until it is released, or the process ends in whatever way. */
export interface HostLock {
  /** May be called again. */
  release(): Promise<void>;
}

/** The status by which flock(1) says that somebody else holds the lock. */
const HELD = 75;

/**
 * Takes the lock of a host, `<host>.lock` in the working folder: whoever archives the host or changes its chunk index holds
 * it. The kernel drops it with this process, so that no stale one is ever left: flock(1) locks the open file, which it
 * shares with us. The file stays; removing it would let two hold locks on two files of one name.
 *
 * @throws {ArchiverError} code `locked` if another process holds it, `lock-failed` or `folder-unusable` if nobody could
 */
export async function lockHost(folder: string, host: string): Promise<HostLock> {
  const path = join(folder, `${encodeHost(host)}.lock`);
  const file = await openPrivate(path);
  try {
    await lockOpenFile(file, path, host);
  } catch (error) {
    await file.close();
    throw error;
  }
  let released: Promise<void> | undefined;
  return {
    release: async () => {
      released ??= file.close();
      await released;
    },
  };
}

async function lockOpenFile(file: FileHandle, path: string, host: string): Promise<void> {
  const args = ["--nonblock", "--conflict-exit-code", String(HELD), "3"];
  const env = bareEnvironment();
  const child = await started(() =>
    spawn("flock", args, { stdio: ["ignore", "ignore", "ignore", file.fd], env }),
  ).catch((error: unknown) => {
    throw failed(path, couldNotBeRun(error));
  });
  const { well, how } = await childEnd(child);
  if (well) return;
  if (child.exitCode !== HELD) throw failed(path, how);
  throw new ArchiverError("locked", `Another run for ${host} holds the lock ${path}.`);
}

function failed(path: string, how: string): ArchiverError {
  return new ArchiverError("lock-failed", `The lock ${path} could not be taken: flock ${how}.`);
}
