import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { runProgram } from "../program/run-program.ts";

/** Signals by which somebody ends a program. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Works in a private folder, which is gone afterwards, also when a signal ends the program: that waits until the work,
 * whose signal aborts, has ended.
 */
export async function withScratch<Result>(
  work: (folder: string, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(resolve(tmpdir(), "backup-manager-drill-"));
  const stop = new AbortController();
  let by: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    by = signal;
    stop.abort();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work(folder, stop.signal);
  } finally {
    await removeAll(folder);
    for (const signal of SIGNALS) process.off(signal, onSignal);
    if (by !== undefined) process.kill(process.pid, by);
  }
}

/** What was restored may be a folder that not even its owner may change. */
async function removeAll(folder: string): Promise<void> {
  const options = { recursive: true, force: true };
  await rm(folder, options).catch(async () => {
    await runProgram("chmod", ["-R", "u+rwX", folder]);
    await rm(folder, options);
  });
}
