import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { Socket } from "node:net";
import { bareEnvironment } from "./bare-environment.ts";
import { started } from "./started.ts";
import { TrailedOutput } from "./trailed-output.ts";

/**
 * Runs the program once for each length that is read, with so many bytes as its input; then says how it went. What comes behind
 * the program's output begins with a word that nobody knows beforehand. Where not all bytes were taken, nothing can be made of the rest.
 */
const SCRIPT = `
token=$1; shift; exec 3>&1
while read -r length; do
  ends=$({ { head -c "$length" 3>&-; echo "h$?" >&4; } | "$@" >&3 3>&- 4>&-; echo "f$?" >&4; } 4>&1)
  echo "$token" $ends
  case $ends in *h0*) ;; *) exit ;; esac
done`;

/** How a program ended that a shell has run. */
export interface FilterEnd {
  /** Of the program; above 128 by a signal. Undefined if the shell itself has ended. */
  readonly status: number | undefined;
  /** It read all of its input. */
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
    shell.hold(false);
    return shell;
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Whether the process waits for this shell before it ends. */
  hold(wanted: boolean): void {
    for (const one of [this.#child, ...this.#child.stdio]) {
      if (one !== this.#child && !(one instanceof Socket)) continue;
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
    const { stdout } = this.#child;
    const output = new TrailedOutput(this.#token, onOutput);
    const trailer = new Promise<string | undefined>((resolve) => {
      const add = (piece: Buffer): void => {
        const found = output.add(piece);
        if (found !== undefined) end(found);
      };
      const gone = (): void => end();
      const end = (found?: string): void => {
        stdout.off("data", add);
        this.#child.off("close", gone);
        resolve(found);
      };
      stdout.on("data", add);
      this.#child.once("close", gone);
    });
    void this.#feed(input, onTaken);
    const [, head = "", filter] = /h(\d+).*f(\d+)|$/.exec(ordered(await trailer)) ?? [];
    const status = filter === undefined ? undefined : Number(filter);
    if (status !== 0) await new Promise((resolve) => setTimeout(resolve, LATE));
    return { status, readAll: head === "0", complaint: lastLine(this.#complaints) };
  }

  /** Lets it end, which it does where it runs nothing, and waits for that. */
  async close(): Promise<void> {
    if (this.ended) return;
    this.hold(true);
    const closed = new Promise<void>((resolve) => this.#child.once("close", () => resolve()));
    this.#child.stdin.end();
    await closed;
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

  /** Ends early, without a word, where the shell does: its end is seen elsewhere. */
  async #feed(input: Uint8Array, onTaken: (bytes: number) => void): Promise<void> {
    const { stdin } = this.#child;
    if (!(await written(stdin, Buffer.from(`${input.length}\n`)))) return;
    for (let at = 0; at < input.length; at += SLICE) {
      if (!(await written(stdin, input.subarray(at, at + SLICE)))) return;
      onTaken(Math.min(at + SLICE, input.length));
    }
  }
}

async function written(
  stdin: ChildProcessWithoutNullStreams["stdin"],
  slice: Uint8Array,
): Promise<boolean> {
  return await new Promise((resolve) => stdin.write(slice, (error) => resolve(!error)));
}

/** The two statuses come in any order. */
function ordered(trailer = ""): string {
  return trailer.split(" ").toSorted().toReversed().join(" ");
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
