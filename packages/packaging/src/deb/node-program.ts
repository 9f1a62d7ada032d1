import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What the builds of nodejs.org are linked with, and every Debian has. */
const USUAL = /^lib(c|dl|m|pthread|gcc_s|stdc\+\+)\.so\.|^ld-linux/;

/**
 * The Node that runs this, without its symbols, which take a fifth of it.
 *
 * @throws {Error} if it needs libraries that not every system has, as Debian's own does
 */
export async function standaloneNode(): Promise<Uint8Array> {
  const { stdout } = await run("objdump", ["-p", process.execPath]);
  const needed = [...stdout.matchAll(/^\s*NEEDED\s+(\S+)/gm)].map(([, name = ""]) => name);
  const other = needed.filter((name) => !USUAL.test(name));
  if (needed.length === 0 || other.length > 0)
    throw new Error(
      `${process.execPath} needs ${other.join(", ") || "unknown libraries"}: build with a Node of nodejs.org.`,
    );
  const folder = await mkdtemp(join(tmpdir(), "standalone-node-"));
  try {
    const stripped = join(folder, "node");
    await run("strip", ["--strip-unneeded", "-o", stripped, process.execPath]);
    return await readFile(stripped);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The licences of that Node and of what is in it. @throws {Error} where it came without */
export async function nodeLicence(): Promise<string> {
  const above = dirname(dirname(process.execPath));
  for (const place of ["LICENSE", "share/doc/nodejs/LICENSE"]) {
    const text = await readFile(join(above, place), "utf8").catch(() => undefined);
    if (text !== undefined) return text;
  }
  throw new Error(`There is no LICENSE of Node below ${above}: build with a Node of nodejs.org.`);
}
