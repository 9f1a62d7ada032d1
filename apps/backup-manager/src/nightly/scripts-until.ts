import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Bytes of a script in which its words stand. */
const HEAD = 8192;

/** For how long the restore scripts of a folder work. */
export interface ScriptsLife {
  /** Until when all work that still do; undefined where none does. */
  readonly until: Date | undefined;
  /** Scripts that no longer work, such as those of hosts that are gone. */
  readonly expired: number;
}

/** For how long the restore scripts in a folder work, by what each says of itself. */
export async function scriptsUntil(directory: string, now = new Date()): Promise<ScriptsLife> {
  const names = (await readdir(directory).catch(() => [])).filter((name) =>
    /^restore_.*\.sh$/.test(name),
  );
  const ends = await Promise.all(names.map(async (name) => await endOf(join(directory, name))));
  const times = ends.flatMap((end) => end?.getTime() ?? []);
  const working = times.filter((time) => time > now.getTime());
  const until = working.length === 0 ? undefined : new Date(Math.min(...working));
  return { until, expired: times.length - working.length };
}

async function endOf(path: string): Promise<Date | undefined> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    const [, day, time] = UNTIL.exec(buffer.toString("utf8", 0, bytesRead)) ?? [];
    return day === undefined ? undefined : new Date(`${day}T${time}Z`);
  } finally {
    await file.close();
  }
}

const UNTIL = /^# +URLs work +until (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC/m;
