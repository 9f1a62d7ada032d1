import { ArchiveError } from "./archive-error.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Turns the ways in which BackupPC cancels into an abort of the archive. */
export function abortOnSignals(controller: AbortController): void {
  for (const name of SIGNALS) process.on(name, () => controller.abort(interrupted(name)));
}

export function interrupted(how: string): ArchiveError {
  return new ArchiveError(
    "interrupted",
    `Interrupted (${how}).`,
    "Nothing was marked complete; archive again.",
  );
}
