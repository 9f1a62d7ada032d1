import type { Writable } from "node:stream";
import { WriteStream } from "node:tty";
import { StoreError } from "@backuppc-archive-s3/s3-transport";
import { hintOf } from "@backuppc-archive-s3/settings/hints";

/** Where archive-host speaks: BackupPC's log, or a person's terminal. */
export interface Output {
  /**
   * Prints one line, whatever it holds: a CR or line feed in the last one
   * breaks BackupPC's record of the archive.
   */
  readonly print: (line: string) => void;
  /** Shows a text below the lines in place of the one before; only where there is a terminal. */
  readonly bar?: (text: string) => void;
}

/** @param onClosed called once nobody reads any more: BackupPC has cancelled */
export function openOutput(stream: Writable, onClosed: (error: Error) => void): Output {
  stream.on("error", onClosed);
  if (stream instanceof WriteStream) return onTerminal(stream);
  return { print: (line) => void stream.write(`${oneLine(line)}\n`) };
}

/** Back to the first column, and nothing to the right of it. */
const CLEAR = "\r\u001B[K";

function onTerminal(terminal: WriteStream): Output {
  let shown = "";
  return {
    print: (line) => void terminal.write(`${CLEAR}${oneLine(line)}\n${shown}`),
    bar: (text) => {
      // A bar that wraps could not be cleared; a terminal that gives no width has 80 columns.
      shown = text.slice(0, (terminal.columns || 80) - 1);
      terminal.write(CLEAR + shown);
    },
  };
}

/** The text of an error: its message and, where it has one, the remedy. */
export function errorLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isAway = error instanceof StoreError && error.code === "away";
  return oneLine([error.message, hintOf(error), isAway ? REUSED : undefined].join(" "));
}

const REUSED = "The next archive of the host does not upload again what this one has stored.";

function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it is about
  return text.replaceAll(/[\u0000-\u001F\u007F]+/g, " ").trim();
}
