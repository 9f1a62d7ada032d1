import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** Waits until no process has to do with the folder, by its command line. Gives the command lines of those that still do after long. */
export async function untilAllHaveEnded(folder: string): Promise<string[]> {
  let found: string[] = [];
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(50)) {
    found = await commandLinesWith(folder);
    if (found.length === 0) break;
  }
  return found;
}

async function commandLinesWith(text: string): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return lines.filter((line) => line.includes(text));
}
