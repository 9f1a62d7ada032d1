import { execFile } from "node:child_process";
import { close, constants, open } from "node:fs";
import { rm } from "node:fs/promises";
import { type ConnectOpts, Socket, type SocketConstructorOpts } from "node:net";
import { promisify } from "node:util";
import { bareEnvironment } from "./bare-environment.ts";
import { messageOf } from "./message-of.ts";
import { ProcessError } from "./process-error.ts";

/** Bytes; Linux gives at most 64 KiB of a pipe at a time. */
const MOST_AT_ONCE = 65_536;
/** Bytes of a piece: what a piece costs on its way is paid for several reads together. */
const PIECE = 4 * MOST_AT_ONCE;

const openDescriptor = promisify(open);
const closeDescriptor = promisify(close);

/** A pipe for a program's output, read without new memory for each piece. */
export interface OutputPipe {
  /** The descriptor that becomes the program's stdout. */
  readonly writeEnd: number;
  /** Closes the write end on this side; do it as soon as the program has its own. */
  readonly handedOver: () => Promise<void>;
  /**
   * What the program writes, until all of its write ends are closed. To be read
   * once; a piece is valid until the next one is asked for.
   */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Makes a pipe whose reader has one buffer for all that passes. Node's own
 * pipe to a child takes new memory for every 64 KiB: a third more CPU time, and
 * tens of MiB that wait for the garbage collector.
 *
 * @param path where the pipe has a name for a moment; its folder is nobody else's
 * @param signal stops the reading with its reason
 * @throws {ProcessError} code `no-pipe`
 */
export async function openOutputPipe(path: string, signal: AbortSignal): Promise<OutputPipe> {
  try {
    await makePipe(path).catch(noPipe);
    // Without O_NONBLOCK each end would wait for the other.
    const readOnly = constants.O_RDONLY | constants.O_NONBLOCK;
    const readEnd = await openDescriptor(path, readOnly).catch(noPipe);
    const writeEnd = await openDescriptor(path, constants.O_WRONLY).catch(noPipe);
    const handedOver = (): Promise<void> => closeDescriptor(writeEnd);
    return { writeEnd, handedOver, bytes: piecesOf(readEnd, signal) };
  } finally {
    // Also where mkfifo failed: a signal to the whole group may end it when it has made the pipe.
    await rm(path, { force: true });
  }
}

async function makePipe(path: string): Promise<void> {
  await promisify(execFile)("mkfifo", ["-m", "600", path], { env: bareEnvironment() });
}

function noPipe(cause: unknown): never {
  const lines = messageOf(cause).trim().split("\n");
  throw new ProcessError("no-pipe", `No pipe could be made: ${lines.at(-1)}.`, cause);
}

async function* piecesOf(readEnd: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(PIECE);
  let filled = 0;
  let ended = false;
  let failure: Error | undefined;
  let wake = (): void => {};
  const options: SocketConstructorOpts & ConnectOpts = {
    fd: readEnd,
    writable: false,
    signal,
    onread: {
      // Asked for right after each read: behind what is there, or where the next piece begins.
      buffer() {
        const at = hasRoom(filled) ? filled : 0;
        return buffer.subarray(at, at + MOST_AT_ONCE);
      },
      callback(length) {
        filled += length;
        if (hasRoom(filled)) return true;
        wake();
        return false;
      },
    },
  };
  const socket = new Socket(options);
  socket.on("error", (error) => (failure = error));
  socket.on("close", () => {
    ended = true;
    wake();
  });
  try {
    for (;;) {
      filled = 0;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (ended) resolve();
        else socket.resume();
      });
      if (filled === 0) break;
      yield buffer.subarray(0, filled);
    }
    signal.throwIfAborted();
    if (failure !== undefined) throw failure;
  } finally {
    socket.destroy();
  }
}

function hasRoom(filled: number): boolean {
  return filled + MOST_AT_ONCE <= PIECE;
}
