import { spawn } from "node:child_process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ArchiveError } from "../archive-error.ts";
import { bareEnvironment } from "../child/bare-environment.ts";
import { childEnd, killOnAbort } from "../child/child-end.ts";

/** Runs a program that reads its stdin and writes to its stdout, as `bzip2` does. */
export async function* filterProgram(
  path: string,
  plain: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const child = spawn(path, [], {
    stdio: ["pipe", "pipe", "pipe"],
    env: bareEnvironment(process.env),
  });
  killOnAbort(child, signal);
  const ended = childEnd(child);
  const complaint = lastLine(child.stderr);
  const feeding = pipeline(Readable.from(plain), child.stdin).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  try {
    yield* child.stdout;
    const { well, how } = await ended;
    signal.throwIfAborted();
    if (!well) throw compressionFailed(path, how, await complaint);
    const trouble = await feeding;
    if (trouble !== undefined) throw trouble.error;
  } finally {
    child.kill("SIGKILL");
  }
}

async function lastLine(stderr: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of stderr) text = (text + Buffer.from(piece).toString()).slice(-1000);
  return text.trim().split("\n").at(-1) ?? "";
}

function compressionFailed(path: string, how: string, complaint: string): ArchiveError {
  return new ArchiveError(
    "compression-failed",
    `The compression program ${path} ${how}${complaint === "" ? "" : `: ${complaint}`}.`,
    "Look at $Conf{ArchiveComp}, or at `compression` in the configuration.",
  );
}
