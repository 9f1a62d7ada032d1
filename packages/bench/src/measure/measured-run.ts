import { type ChildProcess, spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { BenchError } from "../bench-error.ts";
import { cpuSecondsIn } from "./cpu-seconds.ts";
import { interruption } from "./interruption.ts";
import { type MemorySample, watchMemory } from "./watch-memory.ts";

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What it ends with when all is as it should be, 0 unless given. */
  readonly status?: number;
}

export interface Measurement {
  /** From start to end, by the clock. */
  readonly seconds: number;
  /** User and system time of the whole process tree. */
  readonly cpuSeconds: number;
  /** The most resident memory of the whole process tree at any of the samples. */
  readonly peakBytes: number;
  readonly memory: readonly MemorySample[];
  readonly stdout: string;
}

/**
 * bash waits for the command and prints the time of every descendant that was waited for in turn. That is
 * all of a pipeline: a cgroup would count daemons that detach themselves too (gpg-agent, which
 * idles here), but needs root and a hierarchy that not every machine has.
 */
const TIMED = `"$@"; status=$?; times >&3; exit $status`;

/**
 * Runs a command to its end, or to that of the bench.
 *
 * @throws {BenchError} with its last lines, unless it ended with its status
 */
export async function measuredRun({
  program,
  args,
  env,
  status: due = 0,
}: Command): Promise<Measurement> {
  interruption.throwIfAborted();
  const began = performance.now();
  const child = spawn("/bin/bash", ["-c", TIMED, "timed", program, ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    // A process group of its own, so that all of a pipeline can be ended.
    detached: true,
  });
  const end = (): void => endGroup(child);
  interruption.addEventListener("abort", end, { once: true });
  const watch = watchMemory(child.pid ?? 0);
  const [, output, errors, times] = child.stdio;
  const told = Promise.all([textOf(output), textOf(errors), textOf(times)]);
  const status = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  const seconds = (performance.now() - began) / 1000;
  interruption.removeEventListener("abort", end);
  const memory = await watch.stop();
  const [stdout, stderr, cpu] = await told;
  interruption.throwIfAborted();
  if (status !== due) throw failed(program, status, stderr || stdout);
  const peakBytes = Math.max(...memory.map(({ bytes }) => bytes));
  return { seconds, cpuSeconds: cpuSecondsIn(cpu), peakBytes, memory, stdout };
}

function endGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, "SIGTERM");
}

async function textOf(stream: unknown): Promise<string> {
  return isReadable(stream) ? await text(stream) : "";
}

function isReadable(stream: unknown): stream is AsyncIterable<Uint8Array> & NodeJS.ReadableStream {
  return typeof stream === "object" && stream !== null && Symbol.asyncIterator in stream;
}

function failed(program: string, status: unknown, output: string): BenchError {
  const end = output.trim().split("\n").slice(-5).join("\n");
  return new BenchError(`${program} ended with status ${String(status)}:\n${end}`);
}
