import { hintOf } from "@backuppc-archive-s3/settings/hints";

/** An error on one line: its message and, where it has one, the remedy. */
export function errorLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const hint = hintOf(error) ?? "";
  const message = error.message.replaceAll(/\s+/g, " ").replace(/\.?$/, ".");
  return `${message} ${hint}`.trim();
}
