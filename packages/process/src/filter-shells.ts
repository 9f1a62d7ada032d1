import { access, constants } from "node:fs/promises";
import { constants as system } from "node:os";
import { type FilterEnd, FilterShell } from "./filter-shell.ts";
import { ProcessError } from "./process-error.ts";
import { couldNotBeRun } from "./started.ts";

/** How filters are run. */
export interface FilterOptions {
  /** Kills the program. */
  readonly signal: AbortSignal;
  /** Called after each slice with the number of bytes of the input the program has been given: these may be overwritten. */
  readonly onTaken?: (bytes: number) => void;
  /** Takes each piece of the output as it comes; the piece's memory is the receiver's. */
  readonly onOutput: (piece: Uint8Array) => void;
}

/**
 * Sends bytes through a program that reads its stdin and writes to its stdout, as `bzip2` does: once for each call, several at a
 * time. Make it while the process is small; it holds no process up that wants to end. Disposing it waits for its shells, of
 * which none may run a program then.
 */
export class FilterShells {
  readonly #path: string;
  readonly #args: readonly string[];
  readonly #idle: Promise<FilterShell>[];

  /** @param count runs at a time for which all is ready */
  constructor(path: string, args: readonly string[], count = 1) {
    this.#path = path;
    this.#args = args;
    this.#idle = Array.from({ length: count }, () => this.#start());
  }

  /**
   * Runs the program. The input that `onTaken` has not been called for may not be changed before this has returned or thrown.
   *
   * @throws {ProcessError} code `not-started`, `failed` or `left-early`; or the signal's reason
   */
  async run(input: Uint8Array, { signal, onTaken, onOutput }: FilterOptions): Promise<void> {
    signal.throwIfAborted();
    await this.#checkProgram();
    const shell = await this.#take();
    const kill = (): void => shell.kill();
    signal.addEventListener("abort", kill, { once: true });
    let given = 0;
    const count = (piece: Uint8Array): void => {
      given += piece.length;
      onOutput(piece);
    };
    let end: FilterEnd | undefined;
    try {
      shell.hold(true);
      if (signal.aborted) kill();
      end = await shell.run(input, onTaken ?? (() => {}), count);
    } finally {
      signal.removeEventListener("abort", kill);
      if (end?.readAll === true && !signal.aborted) this.#giveBack(shell);
      else shell.kill();
    }
    signal.throwIfAborted();
    this.#refuse(end, given);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const shells = await Promise.allSettled(this.#idle.splice(0));
    for (const shell of shells) if (shell.status === "fulfilled") await shell.value.close();
  }

  #refuse({ status, readAll, complaint }: FilterEnd, given: number): void {
    const { code, how } = failureOf(status, readAll && given > 0) ?? {};
    if (code === undefined) return;
    const why = complaint === "" ? "" : `: ${complaint}`;
    throw new ProcessError(code, `${this.#path} ${how}${why}`);
  }

  async #take(): Promise<FilterShell> {
    for (;;) {
      const shell = await (this.#idle.pop() ?? this.#start()).catch((error: unknown) => {
        throw new ProcessError("not-started", `sh ${couldNotBeRun(error)}`, error);
      });
      if (!shell.ended) return shell;
    }
  }

  #giveBack(shell: FilterShell): void {
    shell.hold(false);
    this.#idle.push(Promise.resolve(shell));
  }

  #start(): Promise<FilterShell> {
    const starting = FilterShell.start(this.#path, this.#args);
    // Whoever takes it learns of it.
    starting.catch(() => {});
    return starting;
  }

  /** The shell would only say that there is no such program. */
  async #checkProgram(): Promise<void> {
    if (!this.#path.includes("/")) return;
    await access(this.#path, constants.X_OK).catch((error: unknown) => {
      throw new ProcessError("not-started", `${this.#path} ${couldNotBeRun(error)}`, error);
    });
  }
}

function failureOf(
  status: number | undefined,
  didAll: boolean,
): { readonly code: "failed" | "left-early"; readonly how: string } | undefined {
  if (status === undefined) return { code: "failed", how: "was killed with its shell" };
  if (status > 128) return { code: "failed", how: `was killed by ${signalName(status - 128)}` };
  if (status !== 0) return { code: "failed", how: `ended with status ${status}` };
  if (!didAll) return { code: "left-early", how: LEFT_EARLY };
  return undefined;
}

const LEFT_EARLY = "ended with status 0, but before it had read all of its input";

function signalName(number: number): string {
  return (
    Object.entries(system.signals).find(([, one]) => one === number)?.[0] ?? `signal ${number}`
  );
}
