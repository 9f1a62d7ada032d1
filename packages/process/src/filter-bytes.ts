import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { bareEnvironment } from "./bare-environment.ts";
import { childEnd } from "./child-end.ts";
import { killChild, killOnAbort } from "./kill-child.ts";
import { ProcessError } from "./process-error.ts";
import { couldNotBeRun, started } from "./started.ts";
import { untilClosed } from "./until-closed.ts";

export interface FilterOptions {
  /** Arguments of the program; none unless given. */
  readonly args?: readonly string[];
  /** Kills the program. */
  readonly signal: AbortSignal;
  /** Takes each piece of the output as it comes; the piece's memory is the receiver's. */
  readonly onOutput: (piece: Uint8Array) => void;
}

/**
 * Sends bytes through a program that reads its stdin and writes to its stdout, as `bzip2` does. The input
 * may be changed as soon as this has returned or thrown, and not before.
 *
 * @throws {ProcessError} code `not-started`, `failed` or `left-early`; or the signal's reason
 */
export async function filterBytes(
  path: string,
  input: Uint8Array,
  { args = [], signal, onOutput }: FilterOptions,
): Promise<void> {
  signal.throwIfAborted();
  const child = await startFilter(path, args);
  const ended = childEnd(child);
  killOnAbort(child, signal);
  const complaint = lastLine(child.stderr);
  const feeding = fed(child, input);
  let given = 0;
  try {
    for await (const piece of untilClosed(child.stdout)) {
      given += piece.length;
      onOutput(piece);
    }
    const { well, how } = await ended;
    signal.throwIfAborted();
    if (!well) throw failure("failed", path, how, await complaint);
    if (!(await feeding) || given === 0)
      throw failure("left-early", path, LEFT_EARLY, await complaint);
  } finally {
    killChild(child);
    child.stdin.destroy();
    await feeding;
  }
}

async function startFilter(
  path: string,
  args: readonly string[],
): Promise<ChildProcessWithoutNullStreams> {
  const env = bareEnvironment(process.env);
  try {
    return await started(() => spawn(path, args, { stdio: ["pipe", "pipe", "pipe"], env }));
  } catch (error) {
    throw failure("not-started", path, couldNotBeRun(error), "", error);
  }
}

const LEFT_EARLY = "ended with status 0, but before it had read all of its input";

/** Whether the program took all of its input. */
async function fed({ stdin }: ChildProcessWithoutNullStreams, input: Uint8Array): Promise<boolean> {
  return await new Promise((resolve) => {
    stdin.on("error", () => resolve(false));
    stdin.on("finish", () => resolve(true));
    stdin.on("close", () => resolve(false));
    stdin.end(input);
  });
}

async function lastLine(stderr: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of untilClosed(stderr))
    text = (text + Buffer.from(piece).toString()).slice(-1000);
  return text.trim().split("\n").at(-1) ?? "";
}

function failure(
  code: "not-started" | "failed" | "left-early",
  path: string,
  how: string,
  complaint: string,
  cause?: unknown,
): ProcessError {
  return new ProcessError(code, `${path} ${how}${complaint === "" ? "" : `: ${complaint}`}`, cause);
}
