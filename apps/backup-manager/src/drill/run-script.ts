import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { started } from "@backuppc-archive-s3/process";
import { cannotRun } from "../manager-error.ts";

export interface ScriptRun {
  /** Of the caller, and private: the script is there, and what it needs. */
  readonly folder: string;
  /** The script's arguments, in any encoding. */
  readonly args: readonly Buffer[];
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Its standard input. */
  readonly input: string;
  /** Ends it, as a signal from a terminal would. */
  readonly signal: AbortSignal;
  /** Called with each line that it prints. */
  readonly onLine: (line: string) => void;
}

export interface EndedScript {
  readonly isWell: boolean;
  /** Its last lines. */
  readonly lines: readonly string[];
  /** How long it ran. */
  readonly seconds: number;
}

/**
 * Runs `restore.sh` of the folder as a stranger would, with sh, in a session of its own: it can ask nobody.
 *
 * @throws {ManagerError} code `cannot-run`
 */
export async function runScript(run: ScriptRun): Promise<EndedScript> {
  // Node hands on no argument that is not UTF-8, and names of files need not be.
  const command = join(run.folder, "drill.sh");
  await writeFile(command, commandOf(run.args), { mode: 0o600 });
  const begin = performance.now();
  const child = await started(() =>
    spawn("/bin/sh", [command], {
      cwd: run.folder,
      env: { ...run.environment },
      stdio: ["pipe", "ignore", "pipe"],
      detached: true,
    }),
  ).catch((error: unknown) => {
    throw cannotRun("sh", error);
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const stop = (): void => void child.kill("SIGTERM");
  if (run.signal.aborted) stop();
  run.signal.addEventListener("abort", stop, { once: true });
  child.stdin.on("error", () => {}).end(run.input);
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    run.onLine(line);
    lines.push(line);
    if (lines.length > MOST_LINES) lines.shift();
  });
  const status = await ended;
  run.signal.removeEventListener("abort", stop);
  return { isWell: status === 0, lines, seconds: (performance.now() - begin) / 1000 };
}

const MOST_LINES = 100;

function commandOf(args: readonly Buffer[]): Buffer {
  const words = args.map((arg) => `'${arg.toString("latin1").replaceAll("'", `'\\''`)}'`);
  return Buffer.from(`exec sh ./restore.sh ${words.join(" ")}\n`, "latin1");
}
