import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { started } from "@backuppc-archive-s3/process";

/** How a program ended, and what it said. */
export interface ProgramResult {
  /** Null if a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly pid: number | undefined;
}

/**
 * Runs a program to its end, without input. Rejects only if it can't be started.
 *
 * @param env the whole environment; this process's unless given
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<ProgramResult> {
  const options = env === undefined ? {} : { env };
  const child = await started(() =>
    spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], ...options }),
  );
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const status = await ended;
  return { status, stdout, stderr, pid: child.pid };
}
