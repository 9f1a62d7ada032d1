import { readFile, readdir } from "node:fs/promises";

/** Bytes of a page of memory, the unit of /proc/PID/statm: 4 KiB on every machine that Debian's amd64 runs on. */
const PAGE = 4096;

/** Resident memory of a process and all its descendants, in bytes; pages that they share count for each. */
export async function residentBytes(pid: number): Promise<number> {
  const own = await residentPages(pid);
  const others = await Promise.all((await children(pid)).map(residentBytes));
  return own * PAGE + others.reduce((sum, bytes) => sum + bytes, 0);
}

async function residentPages(pid: number): Promise<number> {
  const [, pages] = (await read(`/proc/${pid}/statm`)).split(" ");
  return Number(pages ?? 0);
}

/** Those that any of its threads started. */
async function children(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = threads.map((thread) => read(`/proc/${pid}/task/${thread}/children`));
  return (await Promise.all(lists)).flatMap((list) => list.split(" ").filter(Boolean).map(Number));
}

/** Empty for a process that has ended meanwhile. */
async function read(file: string): Promise<string> {
  return await readFile(file, "utf8").catch(() => "");
}
