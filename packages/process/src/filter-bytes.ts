import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import type { Writable } from "node:stream";
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
  /** Told after each slice how many bytes of the input the program has been given: these may be overwritten. */
  readonly onTaken?: (bytes: number) => void;
  /** Takes each piece of the output as it comes; the piece's memory is the receiver's. */
  readonly onOutput: (piece: Uint8Array) => void;
}

/**
 * Sends bytes through a program that reads its stdin and writes to its stdout, as `bzip2` does. The input
 * that `onTaken` has not been told of may not be changed before this has returned or thrown.
 *
 * @throws {ProcessError} code `not-started`, `failed` or `left-early`; or the signal's reason
 */
export async function filterBytes(
  path: string,
  input: Uint8Array,
  { args = [], signal, onTaken = () => {}, onOutput }: FilterOptions,
): Promise<void> {
  signal.throwIfAborted();
  const child = await startFilter(path, args);
  const ended = childEnd(child);
  killOnAbort(child, signal);
  const complaint = lastLine(child.stderr);
  const feeding = feed(child.stdin, input, onTaken);
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

/** Bytes that are given at a time. */
const SLICE = 262_144;

/** Whether the program took all of its input. */
async function feed(
  stdin: Writable,
  input: Uint8Array,
  onTaken: (bytes: number) => void,
): Promise<boolean> {
  // Each write learns of an error by its callback.
  stdin.on("error", () => {});
  for (let at = 0; at < input.length; at += SLICE) {
    if (!(await written(stdin, input.subarray(at, at + SLICE)))) return false;
    onTaken(Math.min(at + SLICE, input.length));
  }
  if (stdin.destroyed) return false;
  return await new Promise((resolve) => {
    stdin.once("finish", () => resolve(true));
    stdin.once("close", () => resolve(false));
    stdin.end();
  });
}

/** Also false where the stream is destroyed meanwhile, which tells the callback on some versions of Node only. */
async function written(stdin: Writable, slice: Uint8Array): Promise<boolean> {
  return await new Promise((resolve) => {
    const closed = (): void => resolve(false);
    stdin.once("close", closed);
    stdin.write(slice, (error) => {
      stdin.off("close", closed);
      resolve(!error);
    });
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
