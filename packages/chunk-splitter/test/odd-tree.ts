import { execFile } from "node:child_process";
import { chmod, link, mkdir, mkdtemp, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** Names that break what splits them at bytes of its own. */
const NAMES = [
  "line\nfeed",
  "tab\tand \\ backslash",
  "15 size=999999",
  " blanks ",
  "-rf",
  "\u0001\u007f",
];

/** A folder with files of every kind that a user can make, long names and odd ones. */
export async function makeOddTree(): Promise<string> {
  const tree = await mkdtemp(join(tmpdir(), "odd-tree-"));
  for (const name of NAMES) await writeFile(join(tree, name), name);
  await writeFile(Buffer.concat([Buffer.from(`${tree}/latin`), Buffer.from([0xe9, 0xff])]), "é");
  await makeLongNames(tree);
  await makeKinds(tree);
  // Node takes a time before 1970 for now.
  await promisify(execFile)("touch", ["--date=@-86400", join(tree, "line\nfeed")]);
  await promisify(execFile)("touch", ["--date=@12345678901", join(tree, "-rf")]);
  return tree;
}

/** Lengths around a name field's hundred bytes; some with a slash as the last byte that fits. */
async function makeLongNames(tree: string): Promise<void> {
  for (const length of [96, 97, 98, 99]) {
    const folder = join(tree, "d".repeat(length - 2));
    await mkdir(folder);
    await writeFile(join(folder, "e".repeat(60)), "x".repeat(1500));
    await writeFile(join(tree, "f".repeat(length)), "y".repeat(511));
  }
  const deep = join(tree, ...Array<string>(5).fill("g".repeat(200)));
  await mkdir(deep, { recursive: true });
  await writeFile(join(deep, "h".repeat(255)), "deep");
  await symlink("s".repeat(300), join(tree, "long symlink"));
  await link(join(deep, "h".repeat(255)), join(tree, "long hard link"));
}

async function makeKinds(tree: string): Promise<void> {
  await mkdir(join(tree, "empty folder"));
  await writeFile(join(tree, "empty"), "");
  await symlink("empty", join(tree, "symlink"));
  await link(join(tree, "empty"), join(tree, "hard link"));
  await promisify(execFile)("mkfifo", [join(tree, "pipe")]);
  await writeFile(join(tree, "setuid"), "a".repeat(512));
  await chmod(join(tree, "setuid"), 0o6751);
  await chmod(join(tree, "empty folder"), 0o1777);
  await makeSparse(join(tree, "sparse"));
}

/** With more stretches of data than a header has room for. */
async function makeSparse(path: string): Promise<void> {
  await writeFile(path, "");
  for (let index = 0; index < 40; index++) {
    await writeFile(path, `data ${index}`, { flag: "a" });
    await truncate(path, (index + 1) * 65_536);
  }
}
