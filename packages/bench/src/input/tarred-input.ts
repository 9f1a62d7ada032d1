import { execFile } from "node:child_process";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Input } from "./input.ts";
import { writeTarCreate } from "./write-tar-create.ts";

/** A tree and its tar, which is made beforehand, so that `cat` gives it faster than anyone takes it. */
export async function tarredInput(
  folder: string,
  size: number,
  fill: (tree: string, size: number) => Promise<void>,
): Promise<Input> {
  const [tree, tar] = [join(folder, "tree"), join(folder, "input.tar")];
  await mkdir(tree, { recursive: true });
  await fill(tree, size);
  await promisify(execFile)("tar", ["--create", "--file", tar, "--directory", tree, "."]);
  const tarCreate = await writeTarCreate(folder, `cat '${tar}'`);
  return { tarCreate, tree, bytes: (await stat(tar)).size };
}
