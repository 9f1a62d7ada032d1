import { hintOf } from "@backuppc-archive-s3/settings/hints";
import { sentence } from "./sentence.ts";

/** An error on one line: its message and, where it has one, the remedy. */
export function errorLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const hint = hintOf(error) ?? "";
  const message = sentence(error.message.replaceAll(/\s+/g, " ").trim());
  return `${message} ${hint}`.trim();
}
