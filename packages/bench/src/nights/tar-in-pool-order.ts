import { execFile } from "node:child_process";
import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/**
 * Writes the tar of a folder with the members in the order of BackupPC_tarCreate: all entries of a
 * folder by their bytes, then its folders. Gives its length in bytes.
 */
export async function tarInPoolOrder(root: string, tar: string): Promise<number> {
  const list = `${tar}.list`;
  await writeFile(list, [".", ...(await poolOrder(root, "."))].map((path) => `${path}\0`).join(""));
  const form = ["--format=gnu", "--numeric-owner", "--no-recursion", "--null"];
  const files = ["--file", tar, "--directory", root, "--files-from", list];
  await promisify(execFile)("tar", ["--create", ...form, ...files]);
  await rm(list);
  return (await stat(tar)).size;
}

async function poolOrder(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const sorted = entries.toSorted((one, other) => {
    return Buffer.compare(Buffer.from(one.name), Buffer.from(other.name));
  });
  const paths = sorted.map(({ name }) => `${folder}/${name}`);
  for (const entry of sorted) {
    if (!entry.isDirectory()) continue;
    for (const path of await poolOrder(root, `${folder}/${entry.name}`)) paths.push(path);
  }
  return paths;
}
