import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { close, constants, open, read } from "node:fs";
import { Socket } from "node:net";
import { promisify } from "node:util";
import { bareEnvironment } from "./bare-environment.ts";
import { started } from "./started.ts";
import { TrailedOutput } from "./trailed-output.ts";

/**
 * Runs the program once for each line that is read; then says how it ended, behind a word that nobody knows beforehand. The program's
 * input is a pipe whose only writer ends at once: Node opens it by /proc for each run. So a run starts one process, and no other
 * stands in the bytes' way.
 */
const SCRIPT = `
token=$1; shift; exec 3>&1 4<&0
: | {
  exec 5<&0 <&4 4<&-
  read -r pid rest </proc/self/stat
  echo "$token $pid"
  while read -r rest; do
    "$@" <&5 >&3 3>&- 5<&-
    echo "$token $?"
  done
}`;

/** How a program ended that a shell has run. */
export interface FilterEnd {
  /** Of the program; above 128 by a signal. Undefined if the shell itself has ended. */
  readonly status: number | undefined;
  /** It ended well, and read all of its input. */
  readonly readAll: boolean;
  /** The last line that it wrote to stderr. */
  readonly complaint: string;
}

/** Bytes that are given at a time. */
const SLICE = 262_144;
/** Milliseconds in which what a program has complained of arrives. */
const LATE = 50;

/**
 * A small process that starts a filter program again and again. Starting one from Node itself costs the more the more
 * memory that has: each of its pages is marked, and copied when it is written to.
 */
export class FilterShell {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #token: string;
  /** The process that holds the reading end of the programs' input, as its descriptor 5. */
  #reader = "";
  #complaints = "";

  private constructor(child: ChildProcessWithoutNullStreams, token: string) {
    this.#child = child;
    this.#token = token;
    child.on("error", () => {});
    child.stdin.on("error", () => {});
    child.stdout.on("error", () => {});
    child.stderr
      .on("error", () => {})
      .on("data", (piece: Buffer) => {
        this.#complaints = (this.#complaints + piece.toString()).slice(-1000);
      });
  }

  /** @throws {Error} if there is no shell */
  static async start(path: string, args: readonly string[]): Promise<FilterShell> {
    const token = randomBytes(32).toString("hex");
    const words = ["-c", SCRIPT, "filter", token, path, ...args];
    const env = bareEnvironment();
    // A group of its own, so that the program can be killed with its shell.
    const child = await started(() => spawn("sh", words, { stdio: "pipe", env, detached: true }));
    const shell = new FilterShell(child, token);
    const reader = await shell.#trailer(() => {});
    if (reader === undefined) {
      throw new Error(`it ended at once: ${await shell.#lateComplaint()}`);
    }
    shell.#reader = reader;
    shell.hold(false);
    return shell;
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Whether the process waits for this shell before it ends. */
  hold(wanted: boolean): void {
    const pipes = this.#child.stdio.filter((pipe) => pipe instanceof Socket);
    for (const one of [this.#child, ...pipes]) {
      if (wanted) one.ref();
      else one.unref();
    }
  }

  /** Runs the program. One at a time. */
  async run(
    input: Uint8Array,
    onTaken: (bytes: number) => void,
    onOutput: (piece: Uint8Array) => void,
  ): Promise<FilterEnd> {
    this.#complaints = "";
    const fd = await this.#openPipe(constants.O_WRONLY);
    if (fd === undefined) return { status: undefined, readAll: false, complaint: "" };
    const trailer = this.#trailer(onOutput);
    const pipe = new Socket({ fd, readable: false }).on("error", () => {});
    try {
      this.#child.stdin.write("\n");
      let fed: boolean | undefined;
      void feed(pipe, input, onTaken).then((all) => (fed = all));
      const end = await trailer;
      if (end === "0") return { status: 0, readAll: await this.#isRead(() => fed), complaint: "" };
      const status = end === undefined ? undefined : Number(end);
      return { status, readAll: false, complaint: await this.#lateComplaint() };
    } finally {
      pipe.destroy();
    }
  }

  /** Lets it end, which it does where it runs nothing, and waits for that. */
  async close(): Promise<void> {
    if (this.ended) return;
    this.hold(true);
    const exited = once(this.#child, "exit");
    this.#child.stdin.end();
    await exited;
    // Closes the pipes, which what a program left behind may hold open for ever.
    this.kill();
  }

  /** Ends it, and the program that it runs. */
  kill(): void {
    const { pid } = this.#child;
    for (const pipe of this.#child.stdio) pipe?.destroy();
    if (pid === undefined || this.ended) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // It has just ended.
    }
  }

  /** What the shell says next, behind the output of a program; undefined if it ends. */
  async #trailer(onOutput: (piece: Uint8Array) => void): Promise<string | undefined> {
    if (this.ended) return undefined;
    const { stdout } = this.#child;
    const output = new TrailedOutput(this.#token, onOutput);
    return await new Promise((resolve) => {
      const add = (piece: Buffer): void => {
        const found = output.add(piece);
        if (found !== undefined) end(found);
      };
      const gone = (): void => end();
      const end = (found?: string): void => {
        stdout.off("data", add);
        this.#child.off("exit", gone);
        resolve(found);
      };
      stdout.on("data", add);
      this.#child.once("exit", gone);
    });
  }

  async #lateComplaint(): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve, LATE));
    return this.#complaints.trim().replace(/^.*\n/s, "");
  }

  /**
   * Whether a program that has ended left nothing of its input: all of it was given, and the pipe is empty. That all
   * was given Node may report only after the program's end.
   */
  async #isRead(fed: () => boolean | undefined): Promise<boolean> {
    const fd = await this.#openPipe(constants.O_RDONLY);
    if (fd === undefined) return false;
    try {
      for (;;) {
        const all = fed();
        if (await hasBytes(fd)) return false;
        if (all !== undefined) return all;
        await new Promise(setImmediate);
      }
    } finally {
      await promisify(close)(fd);
    }
  }

  /** Undefined if the shell has ended. */
  async #openPipe(way: number): Promise<number | undefined> {
    const path = `/proc/${this.#reader}/fd/5`;
    return await promisify(open)(path, way | constants.O_NONBLOCK).catch(() => undefined);
  }
}

/** Whether all was given. Ends early where the shell does, whose end is seen elsewhere. */
async function feed(
  pipe: Socket,
  input: Uint8Array,
  onTaken: (bytes: number) => void,
): Promise<boolean> {
  for (let at = 0; at < input.length; at += SLICE) {
    if (!(await written(pipe, input.subarray(at, at + SLICE)))) return false;
    onTaken(Math.min(at + SLICE, input.length));
  }
  pipe.end();
  return true;
}

/** Whether an open pipe that is never waited for has something to read. */
async function hasBytes(fd: number): Promise<boolean> {
  const reading = promisify(read)(fd, Buffer.alloc(1), 0, 1, null);
  return await reading.then(
    ({ bytesRead }) => bytesRead > 0,
    // An empty pipe that has a writer.
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EAGAIN") return false;
      throw error;
    },
  );
}

async function written(pipe: Socket, slice: Uint8Array): Promise<boolean> {
  return await new Promise((resolve) => pipe.write(slice, (error) => resolve(!error)));
}
