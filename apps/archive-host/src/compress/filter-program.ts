import { spawn } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ArchiveError } from "../archive-error.ts";

/** Runs a program that reads its stdin and writes to its stdout, as `bzip2` does. */
export async function* filterProgram(
  path: string,
  plain: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const child = spawn(path, [], { stdio: ["pipe", "pipe", "pipe"] });
  const stop = (): void => void child.kill("SIGKILL");
  signal.addEventListener("abort", stop, { once: true });
  const complaint = lastLine(child.stderr);
  const ended = once(child, "close").catch((cause: unknown) => [cause]);
  const feeding = pipeline(Readable.from(plain), child.stdin).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  try {
    yield* child.stdout;
    const [status] = await ended;
    signal.throwIfAborted();
    if (status !== 0) throw failed(path, status, await complaint);
    const trouble = await feeding;
    if (trouble !== undefined) throw trouble.error;
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}

async function lastLine(stderr: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of stderr) text = (text + String(piece)).slice(-1000);
  return text.trim().split("\n").at(-1) ?? "";
}

function failed(path: string, status: unknown, complaint: string): ArchiveError {
  const how =
    status instanceof Error
      ? `could not be run: ${status.message}`
      : `ended with status ${status}${complaint === "" ? "" : `: ${complaint}`}`;
  return new ArchiveError(
    "compression-failed",
    `The compression program ${path} ${how}.`,
    "Look at $Conf{ArchiveComp}, or at `compression` in the configuration.",
  );
}
