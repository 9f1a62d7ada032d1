import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "../../program/is-alive.ts";

/** One that uses the daemon, which several test runs may share. */
export interface DaemonUse {
  /** True if nobody else uses it any more. May be called again. */
  release(): Promise<boolean>;
}

/** Notes in the rig's folder that this process uses the daemon. */
export async function noteUse(rigFolder: string): Promise<DaemonUse> {
  const folder = join(rigFolder, "in-use");
  await mkdir(folder, { recursive: true });
  const note = join(folder, `${process.pid}.${randomBytes(4).toString("hex")}`);
  await writeFile(note, "");
  return {
    async release() {
      await rm(note, { force: true });
      const notes = await readdir(folder);
      return !notes.some((name) => isAlive(Number.parseInt(name, 10)));
    },
  };
}
