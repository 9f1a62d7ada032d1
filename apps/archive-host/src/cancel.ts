import { setTimeout as sleep } from "node:timers/promises";
import { ArchiveError } from "./archive-error.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Milliseconds to stop in good order: BackupPC sends KILL a second after INT. */
const PATIENCE = 700;

/** Turns the signals by which BackupPC or a person cancels into an abort of the archive. */
export function abortOnSignals(controller: AbortController): void {
  for (const name of SIGNALS) process.on(name, () => controller.abort(interrupted(name)));
}

/** Never resolves. Once the archive is cancelled, rejects with the reason when the time to stop is over. */
export async function outOfPatience(signal: AbortSignal): Promise<never> {
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  if (!isInterrupted(signal.reason)) return await new Promise(() => {});
  await sleep(PATIENCE);
  throw signal.reason;
}

/** Whether somebody cancelled, as opposed to a failure. */
export function isInterrupted(reason: unknown): boolean {
  return reason instanceof ArchiveError && reason.code === "interrupted";
}

/** @param how such as `SIGINT` */
export function interrupted(how: string): ArchiveError {
  return new ArchiveError(
    "interrupted",
    `Interrupted (${how}).`,
    "Nothing was marked complete; archive again.",
  );
}
