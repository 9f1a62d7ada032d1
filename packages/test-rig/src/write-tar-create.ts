import { writeFile } from "node:fs/promises";

export interface TarCreateFaults {
  /** Bytes of the tar after which it dies by SIGKILL, as when memory runs out. */
  readonly killedAfter?: number;
  /** Errors that its closing line counts. */
  readonly errors?: number;
}

/**
 * Writes a program that answers like BackupPC_tarCreate, for a machine without
 * BackupPC: whatever host and number it is asked for, its tar is that of `tree`.
 */
export async function writeTarCreate(
  file: string,
  tree: string,
  { killedAfter, errors = 0 }: TarCreateFaults = {},
): Promise<void> {
  const cut = killedAfter === undefined ? "" : ` | head -c ${killedAfter}; kill -9 $$`;
  const script = `#!/bin/sh
# Answers like BackupPC_tarCreate: a tar on stdout, a closing line on stderr.
cd ${singleQuoted(tree)} || exit 1
tar --create --sort=name --file=- .${cut} || exit 1
count() { find . -type "$1" | wc -l; }
echo "Done: $(count f) files, 0 bytes, $(count d) dirs, 0 specials, ${errors} errors" >&2
`;
  await writeFile(file, script, { mode: 0o755 });
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
