import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { BenchError } from "../bench-error.ts";
import { interruption } from "../measure/interruption.ts";
import type { Command } from "../measure/measured-run.ts";
import type { ObservedStore } from "../store/observed-store.ts";

/** Runs a restore until it asks for its first chunk, and ends it then. Gives the seconds. */
export async function firstFetch(command: Command, store: ObservedStore): Promise<number> {
  const { program, args, env } = command;
  const began = performance.now();
  // A process group of its own, which ends as a whole.
  const child = spawn(program, args, { env, stdio: "ignore", detached: true });
  const exited = once(child, "exit");
  const first = () => store.requests.find(({ at, key }) => at > began && key.startsWith("chunks/"));
  while (first() === undefined && child.exitCode === null && !interruption.aborted) await sleep(5);
  if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
  await exited;
  interruption.throwIfAborted();
  const fetched = first();
  if (fetched === undefined) throw new BenchError("The restore has fetched no chunk.");
  return (fetched.at - began) / 1000;
}
