import { ManagerError } from "./manager-error.ts";
import type { Output } from "./output.ts";

/** Prints to this process's stdout and stderr. */
export function processOutput({
  stdout,
  stderr,
}: Pick<NodeJS.Process, "stdout" | "stderr">): Output {
  // Each failed write is told to its own callback; unheard, this event would end the program with a stack.
  stdout.on("error", () => {});
  let shown = "";
  const progress = (line: string): void => {
    if (!stderr.isTTY || line === shown) return;
    // To the line's begin, and away with what stood there. A longer line would wrap, and stay.
    stderr.write(`\r\u001B[K${line.slice(0, stderr.columns - 1)}`);
    shown = line;
  };
  return {
    async result(text) {
      progress("");
      await new Promise<void>((resolve, reject) => {
        stdout.write(text, (error) => {
          if (error) reject(outputFailed(error));
          else resolve();
        });
      });
    },
    note(line) {
      progress("");
      stderr.write(`backup-manager: ${line}\n`);
    },
    progress,
  };
}

function outputFailed(cause: Error): ManagerError {
  const hint = "Look whether the disk is full or the reader has gone.";
  const message = `the output can't be written: ${cause.message}`;
  return new ManagerError("output-failed", message, hint, cause);
}
