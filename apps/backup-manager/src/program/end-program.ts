import type { ChildProcess } from "node:child_process";

/**
 * Ends a program by TERM, if it was started. Until Node has said that one could
 * not be, its `kill` takes 0 for the process number (seen with 20.20), which for
 * kill(2) is our whole process group: the cron job's too.
 */
export function endProgram(child: ChildProcess): void {
  // A program of another user may not be ended. That is an event, which without a listener would end this process.
  child.once("error", () => {});
  if (child.pid !== undefined) child.kill();
}
