import { rename, rm, writeFile } from "node:fs/promises";
import { type RunStatus, runStatusFile, runStatusSchema } from "./run-status.ts";

/** Writes a run's status in place of the one before; who reads sees one or the other, whole. Follows no link. */
export async function writeRunStatus(folder: string, status: RunStatus): Promise<void> {
  const file = runStatusFile(folder, status);
  const json = JSON.stringify(runStatusSchema.parse(status), null, 1);
  // What a run that was killed has left; `wx` makes a file, and never opens what is there.
  await rm(`${file}.new`, { force: true });
  await writeFile(`${file}.new`, `${json}\n`, { mode: 0o644, flag: "wx" });
  await rename(`${file}.new`, file);
}

/** Takes a run's status away. */
export async function removeRunStatus(
  folder: string,
  run: Pick<RunStatus, "host" | "number">,
): Promise<void> {
  const file = runStatusFile(folder, run);
  await Promise.all([rm(file, { force: true }), rm(`${file}.new`, { force: true })]);
}
