// The bench as it is started, told to end in the middle.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const BENCH = fileURLToPath(new URL("../dist/bench.js", import.meta.url));
const SIZES = ["--size", "256MiB", "--chunk", "8MiB", "--rounds", "1000"];

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "interrupted-bench-"))));
afterEach(async () => {
  await endThoseLeft();
  await rm(folder, { recursive: true, force: true });
});

/** Started, and in the middle of what it measures. */
async function busyBench(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [BENCH, "null-sink", ...SIZES], {
    env: { PATH: "/usr/bin:/bin", TMPDIR: folder },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const lines = createInterface(child.stderr);
  for await (const line of lines) if (line.startsWith("archive-host, warm-up")) break;
  return child;
}

/** Those that run with this test's folder for temporary files, or in it: their commands by number. */
async function processesLeft(): Promise<Map<number, string>> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const left = new Map<number, string>();
  for (const pid of pids) {
    const command = await seenIn(`/proc/${pid}/cmdline`);
    const environment = await seenIn(`/proc/${pid}/environ`);
    if (`${command}${environment}`.includes(folder)) left.set(Number(pid), command);
  }
  return left;
}

async function commandsLeft(): Promise<string[]> {
  return [...(await processesLeft()).values()].filter(Boolean);
}

/** What a killed bench was measuring still writes into the folder, which could not be removed meanwhile. */
async function endThoseLeft(): Promise<void> {
  for (let left = await processesLeft(); left.size > 0; left = await processesLeft())
    for (const pid of left.keys()) kill(pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Empty for a process that has ended meanwhile. */
async function seenIn(file: string): Promise<string> {
  return await readFile(file, "utf8").catch(() => "");
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends what is being measured, and leaves neither files nor processes",
  async (signal) => {
    const bench = await busyBench();
    bench.kill(signal);
    const [status] = await once(bench, "exit");
    expect(status).toBe(130);
    expect(await readdir(folder)).toEqual([]);
    await expect.poll(commandsLeft, { timeout: 120_000 }).toEqual([]);
  },
);

test("a bench that is killed takes the null store with it", async () => {
  const bench = await busyBench();
  bench.kill("SIGKILL");
  await once(bench, "exit");
  const stores = async (): Promise<string[]> =>
    (await commandsLeft()).filter((command) => command.includes("null-store"));
  await expect.poll(stores, { timeout: 120_000 }).toEqual([]);
});
