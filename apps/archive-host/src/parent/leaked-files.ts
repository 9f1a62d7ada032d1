import { closeSync, readdirSync, readlinkSync } from "node:fs";

const OPEN_FILES = "/proc/self/fd";

/**
 * Closes the handle on its own log that BackupPC 4.4 leaves open in what it
 * starts (descriptor 5): neither this process nor one that it starts has a
 * use for it. Other files are left alone: a wrapper may hold a lock by them.
 */
export function closeLeakedFiles(): void {
  for (const descriptor of openFiles()) {
    if (isArchiveLog(descriptor)) closeSync(Number(descriptor));
  }
}

/** None where the system has no /proc. */
function openFiles(): string[] {
  try {
    return readdirSync(OPEN_FILES).filter((name) => Number(name) > 2);
  } catch {
    return [];
  }
}

function isArchiveLog(descriptor: string): boolean {
  try {
    return /\/ArchiveLOG\.\d+(\.z)?$/.test(readlinkSync(`${OPEN_FILES}/${descriptor}`));
  } catch {
    // The one by which the folder was read is closed by now.
    return false;
  }
}
