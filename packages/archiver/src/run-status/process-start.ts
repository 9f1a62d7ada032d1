import { readFile } from "node:fs/promises";

/**
 * When a process was started, as a word that no later process with its id has:
 * the boot and the clock ticks since. Undefined if it does not run, or has ended and is only not waited for, as
 * in a container whose first process waits for nobody's children; `""` where the system has no /proc.
 */
export async function processStart(pid: number): Promise<string | undefined> {
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  if (boot === "") return "";
  const stat = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => undefined);
  // The second field, the program's name, may hold spaces and brackets; the state is the third, the start the 22nd.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  const [state, ticks] = [fields[0], fields[19]];
  return ticks === undefined || state === "Z" ? undefined : `${boot.trim()}/${ticks}`;
}
