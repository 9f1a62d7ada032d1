import { messageOf } from "@backuppc-archive-s3/process";
import type { Sample } from "./sample.ts";
import { updateMetrics } from "./update-metrics.ts";

/**
 * Changes what the file of metrics says that the configuration names, if it names one.
 *
 * @returns undefined, or why it failed; never throws
 */
export async function writeMetrics(
  file: string | undefined,
  change: (there: readonly Sample[]) => readonly Sample[],
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    await updateMetrics(file, change);
    return undefined;
  } catch (error) {
    return `metricsFile can't be written: ${messageOf(error)}`;
  }
}
