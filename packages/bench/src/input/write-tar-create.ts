import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Writes a program whose stdout is that of a line of shell, and which ends as BackupPC_tarCreate does. */
export async function writeTarCreate(folder: string, line: string): Promise<string> {
  const file = join(folder, "tar-create");
  const done = "Done: 1 files, 0 bytes, 1 dirs, 0 specials, 0 errors";
  await writeFile(file, `#!/bin/sh\n{ ${line}; } && echo '${done}' >&2\n`, { mode: 0o755 });
  return file;
}
