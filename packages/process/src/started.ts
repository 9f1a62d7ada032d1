import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { messageOf } from "./message-of.ts";

/**
 * A program that runs, once it does. What keeps one from being started Node
 * reports in three ways: by an error that it throws (ENOTDIR, ENOMEM), by an event
 * (ENOENT, EAGAIN), and by an event with no streams on the child (EMFILE).
 *
 * @throws {Error} if it could not be started
 */
export async function started<Child extends ChildProcess>(start: () => Child): Promise<Child> {
  const child = start();
  await once(child, "spawn");
  return child;
}

/** To follow a program's name: `could not be run: spawn zstd ENOENT`. */
export function couldNotBeRun(error: unknown): string {
  return `could not be run: ${messageOf(error)}`;
}
