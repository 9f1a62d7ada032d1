import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { endChild, started } from "@backuppc-archive-s3/process";
import { cannotRun } from "../manager-error.ts";

/** A program that did not do its work: its name, and the last line that it said. */
export class ProgramFailure extends Error {
  override readonly name = "ProgramFailure";
}

export interface ProgramOptions {
  /** Written to its descriptor 3, so that it is in no argument and no environment. */
  readonly secret?: string;
  /** Called once it has ended well, with all that it wrote to its descriptor 4. May throw: then the bytes count for nothing. */
  readonly onStatus?: (text: string) => void;
}

/**
 * The bytes as the program's stdout gives them back, `gzip -dc` for instance.
 *
 * @throws {ManagerError} code `cannot-run` if it could not be started
 * @throws {ProgramFailure} after the last byte, if it did not end well: trust nothing before
 */
export async function* throughProgram(
  source: AsyncIterable<Uint8Array>,
  [program, ...args]: readonly [string, ...string[]],
  { secret = "", onStatus }: ProgramOptions = {},
): AsyncGenerator<Uint8Array> {
  const child = await started(() =>
    spawn(program, args, { stdio: ["pipe", "pipe", "pipe", "pipe", "pipe"] }),
  ).catch(async (cause: unknown) => {
    await leave(source);
    throw cannotRun(program, cause);
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const said = lastLineOf(child.stderr);
  const [, , , secretInput, statusOutput] = child.stdio;
  if (secretInput && "end" in secretInput) secretInput.on("error", () => {}).end(secret);
  const reported = statusOutput && "read" in statusOutput ? text(statusOutput) : "";
  const fed = errorOf(pipeline(source, child.stdin));
  try {
    yield* child.stdout;
    const [error, status] = [await fed, await ended];
    if (error !== undefined && !isBrokenPipe(error)) throw error;
    if (status !== 0) throw new ProgramFailure(`${program}: ${(await said) || `status ${status}`}`);
    onStatus?.(await reported);
  } finally {
    // Whoever stops reading early wants no more of it.
    endChild(child);
  }
}

/** Else a download that nobody reads would keep this process from its end. */
async function leave(source: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const _ of source) break;
  } catch {
    // Why the program can't be run is what is reported.
  }
}

async function lastLineOf(stream: AsyncIterable<Buffer>): Promise<string> {
  let said = "";
  for await (const piece of stream) said = (said + piece.toString("utf8")).slice(-LONGEST);
  return said.trim().split("\n").at(-1) ?? "";
}

/** Characters: nobody reads more of what a program complains of. */
const LONGEST = 4_000;

async function errorOf(work: Promise<void>): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The program ended before it had read all; its status says whether that is wrong. */
function isBrokenPipe(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EPIPE" || code === "ERR_STREAM_PREMATURE_CLOSE";
}
