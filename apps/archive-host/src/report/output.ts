import type { Writable } from "node:stream";

/**
 * Prints lines for BackupPC's log. Each is one line whatever it holds: a CR or
 * line feed in the last one breaks BackupPC's record of the archive.
 *
 * @param onClosed told once nobody reads any more: BackupPC has cancelled
 */
export function lineOutput(
  stream: Writable,
  onClosed: (error: Error) => void,
): (line: string) => void {
  stream.on("error", onClosed);
  return (line) => {
    stream.write(`${oneLine(line)}\n`);
  };
}

/** What an error tells: its message and, where it has one, the remedy. */
export function errorLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const hint = "hint" in error && typeof error.hint === "string" ? ` ${error.hint}` : "";
  return oneLine(`${error.message}${hint}`);
}

function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it is about
  return text.replaceAll(/[\u0000-\u001F\u007F]+/g, " ").trim();
}
