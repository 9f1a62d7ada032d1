import type { ChildProcess } from "node:child_process";

/** How a program ended. */
export interface ChildEnd {
  /** It ended with status 0. */
  readonly well: boolean;
  /** To follow the program's name: `ended with status 1`, `was killed by SIGKILL`. */
  readonly how: string;
}

/** Milliseconds for what an ended program has written to be read. */
const REST = 1000;

/**
 * Waits until a program has ended and its output has been read. What it left
 * behind may hold its pipes open for ever, and is waited for only where that
 * may still write what the program was run for. Never throws.
 *
 * @param child runs: see `started`
 */
export async function childEnd(child: ChildProcess): Promise<ChildEnd> {
  // Called each time that a program of another user may not be killed.
  child.on("error", () => {});
  child.once("exit", (status) => {
    const closePipes = (): void => {
      child.stderr?.destroy();
      if (status !== 0) child.stdout?.destroy();
    };
    // What is in the pipes is read in between, even if we were held up for longer.
    const late = setTimeout(() => setImmediate(closePipes), REST);
    child.once("close", () => clearTimeout(late));
  });
  return await new Promise((resolve) => {
    child.once("close", (status, signal) => {
      const how = status === null ? `was killed by ${signal}` : `ended with status ${status}`;
      resolve({ well: status === 0, how });
    });
  });
}
