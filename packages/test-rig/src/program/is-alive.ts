import { readFileSync } from "node:fs";

/** Whether a process of that id runs. One that has ended, but that nobody has waited for, has no command line. */
export function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "latin1") !== "";
  } catch {
    return false;
  }
}
