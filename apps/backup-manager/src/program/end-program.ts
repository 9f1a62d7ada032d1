import type { ChildProcess } from "node:child_process";

/**
 * Ends a program by TERM, if it was started. Until Node has told that one could
 * not be, its `kill` takes 0 for the process number (seen with 20.20), which for
 * kill(2) is our whole process group: the cron job's too.
 */
export function endProgram(child: ChildProcess): void {
  // That one of another user may not be ended is told by an event, which unheard would end this process.
  child.once("error", () => {});
  if (child.pid !== undefined) child.kill();
}
