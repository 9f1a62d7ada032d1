import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./program/is-alive.ts";
import { RigError } from "./rig-error.ts";

/** Longer than the first set-up takes. */
const patience = 600_000;

/**
 * Runs `task` while no other process that uses the same lock file does. The lock
 * of a process that has died counts as free.
 *
 * @throws {RigError} `busy` if another process holds it for ten minutes
 */
export async function withLock<T>(file: string, task: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patience;
  while (!(await taken(file))) {
    if (Date.now() > deadline) {
      const hint = `If no other test run is going on, remove ${file}.`;
      throw new RigError("busy", "Another process keeps a lock of the tests.", { hint });
    }
    await sleep(100);
  }
  try {
    return await task();
  } finally {
    await rm(file, { force: true });
  }
}

async function taken(file: string): Promise<boolean> {
  try {
    await writeFile(file, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const owner = Number(await readFile(file, "utf8").catch(() => "0"));
  // 0 is a lock that was just made or just freed.
  if (owner !== 0 && !isAlive(owner)) await rm(file, { force: true });
  return false;
}
