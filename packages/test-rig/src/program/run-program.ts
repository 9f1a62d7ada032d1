import { spawn, type ChildProcess } from "node:child_process";
import { text } from "node:stream/consumers";

export interface RunOptions {
  /** Numeric; without it, the user of this process. Extra groups are dropped with it. */
  readonly uid?: number;
  readonly gid?: number;
  /** The whole environment; without it, that of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Written to its stdin, which is empty otherwise. */
  readonly input?: string;
}

export interface ProgramResult {
  /** Exit status; null if it died by `signal`. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, whatever that is; rejects only if it cannot be started. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { input, ...options }: RunOptions = {},
): Promise<ProgramResult> {
  const child = spawn(program, args, options);
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  // A program that ends without reading its input is no error of ours.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const { status, signal } = await ended(child);
  const [stdout, stderr] = await output;
  return { status, signal, stdout, stderr };
}

interface End {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Resolves when the child has ended and its pipes are closed; rejects if it could not be started. */
export async function ended(child: ChildProcess): Promise<End> {
  return await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status, signal) => resolve({ status, signal }));
  });
}
