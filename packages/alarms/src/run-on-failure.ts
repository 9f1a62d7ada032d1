import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { bareEnvironment, childEnd, couldNotBeRun, started } from "@backuppc-archive-s3/process";

/** Milliseconds that the command may take. */
const PATIENCE = 60_000;

export interface OnFailureOptions {
  /** For its environment, beside what every program needs. */
  readonly variables: Readonly<Record<string, string>>;
  /** Its standard input. */
  readonly input: string;
  /** Milliseconds; a minute unless given. 0: it is started, and not waited for. */
  readonly patience?: number;
}

/**
 * Runs a command by `/bin/sh`. What the run said is in its environment and input, never part of the command: a host's or a
 * file's name must not become shell.
 *
 * @returns undefined, or why it failed
 */
export async function runOnFailure(
  command: string,
  { variables, input, patience = PATIENCE }: OnFailureOptions,
): Promise<string | undefined> {
  // A group of its own: BackupPC kills ours when it cancels.
  const options = { detached: true, env: { ...bareEnvironment(), ...variables } };
  try {
    const child = await started(() =>
      spawn("/bin/sh", ["-c", command], { ...options, stdio: ["pipe", "ignore", "ignore"] }),
    );
    // It need not read it.
    child.stdin.on("error", () => {}).end(input);
    if (patience === 0) return undefined;
    return await endOf(child, patience);
  } catch (error) {
    return `onFailure ${couldNotBeRun(error)}`;
  }
}

async function endOf(child: ChildProcess, patience: number): Promise<string | undefined> {
  const stop = new AbortController();
  const late = sleep(patience, undefined, { signal: stop.signal }).then(
    () => "late" as const,
    () => "late" as const,
  );
  const end = await Promise.race([childEnd(child), late]);
  stop.abort();
  if (end !== "late") return end.well ? undefined : `onFailure ${end.how}`;
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
  return `onFailure took more than ${patience / 1000} s and was killed`;
}
