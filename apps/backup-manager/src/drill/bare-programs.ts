import { constants } from "node:fs";
import { access, mkdir, symlink } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { ManagerError } from "../manager-error.ts";

/**
 * A folder with the programs that a script may use, as the smallest rescue system has them, and no other: the PATH of a
 * drill. Of curl and wget it has one; of what decompresses faster, nothing. What this machine lacks is left out: the
 * script reports it.
 *
 * @param script its text, which has the names of all that it runs in one line
 * @param path that is searched, as in `$PATH`
 */
export async function linkPrograms(folder: string, script: string, path: string): Promise<void> {
  await mkdir(folder);
  const links = new Map<string, string>();
  for (const name of ["sh", "tar", ...programsIn(script)]) {
    const found = await findProgram(name, path);
    if (found !== undefined) links.set(name, found);
  }
  if (links.has("curl")) links.delete("wget");
  for (const [name, program] of links) await symlink(program, join(folder, name));
}

/** @throws {ManagerError} code `cannot-run` */
function programsIn(script: string): string[] {
  const [, names] = /^ {2}for command in (.+?); do\n {4}unset -f/ms.exec(script) ?? [];
  const [, decompressor = ""] = /^DECOMPRESSOR='(.*)'$/m.exec(script) ?? [];
  if (names === undefined)
    throw new ManagerError("cannot-run", "the restore script does not say what it runs", "");
  const words = names
    .split(/[\s\\]+/)
    .map((word) => (word === "$DECOMPRESSOR" ? decompressor : word));
  return words.filter((word) => word !== "" && !FASTER.has(word));
}

/** What only some systems have, and the script does without. */
const FASTER = new Set(["igzip", "pigz", "bsdtar"]);

async function findProgram(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    const program = resolve(folder, name);
    const isThere = await access(program, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder !== "" && isThere) return program;
  }
  return undefined;
}
