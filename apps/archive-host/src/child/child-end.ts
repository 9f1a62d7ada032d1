import type { ChildProcess } from "node:child_process";

/** How a program ended. */
export interface ChildEnd {
  /** It was run and ended with status 0. */
  readonly well: boolean;
  /** To follow the program's name: `ended with status 1`, `was killed by SIGKILL`, `could not be run: …`. */
  readonly how: string;
}

/** Waits until a program has ended and all its output has been read. Never throws. */
export async function childEnd(child: ChildProcess): Promise<ChildEnd> {
  return await new Promise((resolve) => {
    child.once("error", ({ message }) => {
      resolve({ well: false, how: `could not be run: ${message}` });
    });
    child.once("close", (status, signal) => {
      const how = status === null ? `was killed by ${signal}` : `ended with status ${status}`;
      resolve({ well: status === 0, how });
    });
  });
}
