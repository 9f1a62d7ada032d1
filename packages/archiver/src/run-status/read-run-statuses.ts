import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { processStart } from "./process-start.ts";
import { type RunStatus, runStatusSchema, STATUS_SUFFIX } from "./run-status.ts";

/** A run whose status was found. */
export interface SeenRun {
  readonly status: RunStatus;
  /** False if its process is gone: it was killed, and nobody took the file away. */
  readonly running: boolean;
}

/**
 * The runs of archive-host that have their status in a working directory, by
 * host and number. What is not as this release writes it is left out.
 */
export async function readRunStatuses(folder: string): Promise<SeenRun[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(STATUS_SUFFIX));
  const seen = await Promise.all(names.toSorted().map((name) => readRun(join(folder, name))));
  return seen.filter((run) => run !== undefined);
}

async function readRun(file: string): Promise<SeenRun | undefined> {
  const status = runStatusSchema.safeParse(await readJson(file)).data;
  if (status === undefined) return undefined;
  const { id, start } = status.process;
  return { status, running: (await processStart(id)) === start };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    // It ended just now, or is no JSON.
    return undefined;
  }
}
