import { readdir, readlink } from "node:fs/promises";

/** Milliseconds between two looks; with what follows, an archive stops within a second. */
const INTERVAL = 250;

export interface ParentWatch {
  readonly stop: () => void;
}

/**
 * Watches whether BackupPC is still there and still reads what we print.
 *
 * When it cancels without `setsid` in front of our command it sends no signal:
 * it closes the pipe, and waits. A write would show it, but between two progress
 * lines there is none; so we look whether the parent still has the pipe open.
 * Where that can't be seen (no /proc, a shell in between) the write has to do.
 *
 * @param onLost called once, with words for "interrupted": `BackupPC has gone`
 */
export async function watchParent(
  onLost: (how: string) => void,
  interval: number = INTERVAL,
): Promise<ParentWatch> {
  const parent = process.ppid;
  const pipe = await readlink("/proc/self/fd/1").catch(() => "");
  const readsUs = pipe.startsWith("pipe:") && (await hasOpen(parent, pipe)) === true;
  const timer = setInterval(async () => {
    const how = await lost(parent, readsUs ? pipe : undefined);
    if (how === undefined) return;
    clearInterval(timer);
    onLost(how);
  }, interval);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

async function lost(parent: number, pipe: string | undefined): Promise<string | undefined> {
  if (process.ppid !== parent) return "BackupPC has gone";
  if (pipe !== undefined && (await hasOpen(parent, pipe)) === false) {
    return "BackupPC no longer listens";
  }
  return undefined;
}

/** Whether a process has that pipe open; undefined if that can't be seen. */
async function hasOpen(pid: number, pipe: string): Promise<boolean | undefined> {
  const folder = `/proc/${pid}/fd`;
  try {
    const names = await readdir(folder);
    const links = await Promise.all(
      names.map((name) => readlink(`${folder}/${name}`).catch(() => "")),
    );
    return links.includes(pipe);
  } catch {
    return undefined;
  }
}
