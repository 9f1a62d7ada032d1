import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Copies of the machine's own programs, libraries and texts: files of /usr, by name, until the size is reached. */
export async function usrFiles(tree: string, size: number): Promise<void> {
  const list = `find /usr/bin /usr/lib /usr/share -xdev -type f -size -40960k -printf '%s %p\\n' | LC_ALL=C sort -k2`;
  // Every third file, so that programs, libraries and texts all have their part.
  const chosen = `awk -v most="$1" 'NR % 3 == 0 && sum + $1 <= most { sum += $1; sub(/^[0-9]+ /, ""); print }'`;
  const copy = `tr '\\n' '\\0' | xargs -0 cp --parents -t "$2"`;
  await promisify(execFile)("sh", ["-c", `${list} | ${chosen} | ${copy}`, "copy", `${size}`, tree]);
}
