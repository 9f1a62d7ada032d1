import type { ChildProcess } from "node:child_process";

/**
 * Kills a program, if it was started. Until Node has said that one could not be,
 * its `kill` takes 0 for the process number (seen with 20.20), which for kill(2)
 * is our whole process group: BackupPC's too.
 */
export function killChild(child: ChildProcess): void {
  if (child.pid !== undefined) child.kill("SIGKILL");
}

/** Ends a program by TERM, as {@link killChild} kills one. */
export function endChild(child: ChildProcess): void {
  // A program of another user may not be ended. That is an event, which without a listener would end this process.
  child.once("error", () => {});
  if (child.pid !== undefined) child.kill();
}

/** Kills the program when the signal aborts, and closes its pipes, which something that it left behind may hold. */
export function killOnAbort(child: ChildProcess, signal: AbortSignal): void {
  const kill = (): void => {
    killChild(child);
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
  if (signal.aborted) kill();
  signal.addEventListener("abort", kill, { once: true });
  child.once("close", () => signal.removeEventListener("abort", kill));
}
