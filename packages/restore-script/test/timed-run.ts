import { readdir, readFile } from "node:fs/promises";
import type { Bench, How } from "./bench.ts";
import type { Ended } from "./run-script.ts";

export interface TimedRun {
  readonly ended: Ended;
  readonly seconds: number;
  /** The most bytes of memory that all processes below this one had together. */
  readonly peak: number;
}

/** Runs the script, and looks at its processes ten times a second. */
export async function timedRun(bench: Bench, args: readonly string[], how: How): Promise<TimedRun> {
  let peak = 0;
  const timer = setInterval(() => {
    void memoryOfChildren(process.pid).then((bytes) => (peak = Math.max(peak, bytes)));
  }, 100);
  const begin = performance.now();
  try {
    const ended = await bench.run(["--passphrase-file", bench.passphraseFile, ...args], how);
    return { ended, seconds: (performance.now() - begin) / 1000, peak };
  } finally {
    clearInterval(timer);
  }
}

/** Resident bytes that they do not share. */
async function memoryOfChildren(root: number): Promise<number> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const processes = await Promise.all(pids.map(async (pid) => await readProcess(pid)));
  const below = new Set([root]);
  // A parent's number may be the higher one.
  for (let size = 0; size < below.size;) {
    size = below.size;
    for (const { pid, parent } of processes) if (below.has(parent)) below.add(pid);
  }
  return processes
    .filter(({ pid }) => below.has(pid) && pid !== root)
    .reduce((sum, { bytes }) => sum + bytes, 0);
}

const PAGE = 4096;

async function readProcess(pid: string): Promise<{ pid: number; parent: number; bytes: number }> {
  const read = async (file: string): Promise<string> =>
    await readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");
  const [, parent = "0"] = /\) \S (\d+)/.exec(await read("stat")) ?? [];
  const [, resident = 0, shared = 0] = (await read("statm")).split(" ").map(Number);
  return { pid: Number(pid), parent: Number(parent), bytes: (resident - shared) * PAGE };
}
