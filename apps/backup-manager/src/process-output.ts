import type { Writable } from "node:stream";
import { ManagerError } from "./manager-error.ts";
import type { Output } from "./output.ts";

/** A stream that may be a terminal. */
type Terminal = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Prints to the stdout and stderr that are given. */
export function processOutput({
  stdout,
  stderr,
}: {
  readonly stdout: Terminal;
  readonly stderr: Terminal;
}): Output {
  // Each failed write calls its own callback; without a listener, this event would end the program with a stack.
  stdout.on("error", () => {});
  // Notes are for whoever reads them: that nobody does must not end the work half-way, nor change the exit status.
  stderr.on("error", () => {});
  let shown = "";
  const progress = (line: string): void => {
    if (stderr.isTTY !== true || line === shown) return;
    // To the line's begin, and away with what stood there. A longer line would wrap, and stay.
    stderr.write(`\r\u001B[K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
    shown = line;
  };
  return {
    isTerminal: stdout.isTTY === true,
    async result(text) {
      progress("");
      if (typeof text === "string") await written(stdout, text);
      else for (const piece of joined(text)) await written(stdout, piece);
    },
    note(line) {
      progress("");
      stderr.write(`backup-manager: ${line}\n`);
    },
    progress,
  };
}

/** Characters that are written at a time. */
const PIECE = 65_536;

function* joined(pieces: Iterable<string>): Generator<string> {
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length < PIECE) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

async function written(stdout: Writable, text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stdout.write(text, (error) => {
      if (error) reject(outputFailed(error));
      else resolve();
    });
  });
}

function outputFailed(cause: Error): ManagerError {
  const hint = "Check whether the disk is full or the reader has ended.";
  const message = `the output can't be written: ${cause.message}`;
  return new ManagerError("output-failed", message, hint, cause);
}
