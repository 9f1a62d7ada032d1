import { spawn } from "node:child_process";
import {
  chmod,
  type FileHandle,
  open,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { bareEnvironment, childEnd, started } from "@backuppc-archive-s3/process";
import { formatMetrics } from "./format-metrics.ts";
import { parseMetrics } from "./parse-metrics.ts";
import type { Sample } from "./sample.ts";

/**
 * Changes what a file of metrics says. A reader sees the file as it was or as it is, never half of it, and of two
 * that change it at a time each keeps what the other wrote.
 *
 * @param change gets the samples that are there, and gives those that are to be
 * @throws {Error} if the file cannot be written
 */
export async function updateMetrics(
  file: string,
  change: (there: readonly Sample[]) => readonly Sample[],
): Promise<void> {
  const lock = await open(beside(file, "lock"), "a", 0o644);
  try {
    await lockFile(lock);
    const there = parseMetrics(await readPlain(file));
    const fresh = beside(file, `${process.pid}.tmp`);
    try {
      await writeFile(fresh, formatMetrics(change(there)));
      // For Prometheus, which is another user. BackupPC's umask would keep it out.
      await chmod(fresh, 0o644);
      await rename(fresh, file);
    } finally {
      await rm(fresh, { force: true });
    }
  } finally {
    await lock.close();
  }
}

/** `""` where there is none. A pipe would keep the run waiting for somebody who writes to it. */
async function readPlain(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return "";
  if (!found.isFile()) throw new Error(`${file} is not a regular file`);
  return await readFile(file, "utf8");
}

/** A name in the same folder that no collector takes for metrics. */
function beside(file: string, suffix: string): string {
  return join(dirname(file), `.${basename(file)}.${suffix}`);
}

/** Seconds: whoever holds it needs a fraction of one. */
const PATIENCE = "5";

/** Without flock(1), or after {@link PATIENCE}, it goes on without the lock: a sample that is lost is written again by the next run. */
async function lockFile({ fd }: FileHandle): Promise<void> {
  const env = bareEnvironment();
  try {
    const child = await started(() =>
      spawn("flock", ["--timeout", PATIENCE, "3"], {
        stdio: ["ignore", "ignore", "ignore", fd],
        env,
      }),
    );
    await childEnd(child);
  } catch {
    // As where it takes too long.
  }
}
