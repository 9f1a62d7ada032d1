import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The same package as a later version, to upgrade to. Packed fast: to build it anew takes a minute where it holds a Node. @returns its path */
export async function laterVersion(deb: string, version: string): Promise<string> {
  const tree = join(dirname(deb), version);
  await run("dpkg-deb", ["--raw-extract", deb, tree]);
  const control = join(tree, "DEBIAN/control");
  const text = await readFile(control, "utf8");
  await writeFile(control, text.replace(/^Version: .*$/m, `Version: ${version}`));
  const later = `${tree}.deb`;
  await run("dpkg-deb", ["--root-owner-group", "-Zgzip", "-z1", "--build", tree, later]);
  return later;
}
