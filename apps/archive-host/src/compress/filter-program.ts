import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { ArchiveError } from "../archive-error.ts";
import { bareEnvironment } from "@backuppc-archive-s3/process";
import { childEnd } from "@backuppc-archive-s3/process";
import { killChild, killOnAbort } from "@backuppc-archive-s3/process";
import { couldNotBeRun, started } from "@backuppc-archive-s3/process";
import { untilClosed } from "@backuppc-archive-s3/process";
import { feed } from "./feed.ts";

/** Runs a program that reads its stdin and writes to its stdout, as `bzip2` does. */
export async function* filterProgram(
  path: string,
  plain: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  const child = await startFilter(path);
  const ended = childEnd(child);
  killOnAbort(child, signal);
  const complaint = lastLine(child.stderr);
  const source = new WatchedSource(plain);
  const feeding = feed(source.pieces(), child.stdin).then(
    () => true,
    () => false,
  );
  let given = 0;
  try {
    for await (const piece of untilClosed(child.stdout)) {
      given += piece.length;
      yield piece;
    }
    const { well, how } = await ended;
    signal.throwIfAborted();
    source.throwIfBroken();
    if (!well) throw compressionFailed(path, how, await complaint);
    if (!(await feeding) || given === 0) throw compressionFailed(path, LEFT_EARLY, await complaint);
  } finally {
    killChild(child);
  }
}

async function startFilter(path: string): Promise<ChildProcessWithoutNullStreams> {
  const env = bareEnvironment(process.env);
  try {
    return await started(() => spawn(path, [], { stdio: ["pipe", "pipe", "pipe"], env }));
  } catch (error) {
    throw compressionFailed(path, couldNotBeRun(error), "");
  }
}

const LEFT_EARLY = "ended with status 0, but before it had done its work";

/** The plaintext, which may break off while the program reads it. */
class WatchedSource {
  readonly #plain: AsyncIterable<Uint8Array>;
  #failure: { readonly error: unknown } | undefined;

  constructor(plain: AsyncIterable<Uint8Array>) {
    this.#plain = plain;
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    const pieces = this.#plain[Symbol.asyncIterator]();
    try {
      for (;;) {
        // Only what it throws itself: a program that ends early leaves at the `yield`.
        const next = await pieces.next().catch((error: unknown) => this.#broken(error));
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await pieces.return?.();
    }
  }

  #broken(error: unknown): never {
    this.#failure = { error };
    throw error;
  }

  throwIfBroken(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

async function lastLine(stderr: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of untilClosed(stderr))
    text = (text + Buffer.from(piece).toString()).slice(-1000);
  return text.trim().split("\n").at(-1) ?? "";
}

function compressionFailed(path: string, how: string, complaint: string): ArchiveError {
  return new ArchiveError(
    "compression-failed",
    `The compression program ${path} ${how}${complaint === "" ? "" : `: ${complaint}`}.`,
    "Look at $Conf{ArchiveComp}, or at `compression` in the configuration.",
  );
}
