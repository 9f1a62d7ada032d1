import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** When what is built was written: SOURCE_DATE_EPOCH, or the time of the last commit of the repository. Seconds since 1970. */
export async function sourceDate(root: string, given: string | undefined): Promise<number> {
  if (given !== undefined && /^\d+$/.test(given)) return Number(given);
  const { stdout } = await promisify(execFile)("git", ["log", "-1", "--format=%ct"], { cwd: root });
  return Number(stdout);
}
