import { createHash } from "node:crypto";
import { createReadStream, type BigIntStats } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";

/**
 * All that a restore must bring back of a folder, a line for each entry in the
 * order of the names: type, mode, owner, group, time in seconds, number of hard links, size and
 * SHA-256 or link target, name. Two trees are the same if their lists are.
 *
 * Names are written as JSON of their bytes, since they need not be UTF-8.
 */
export async function listTree(folder: string): Promise<string[]> {
  const lines: string[] = [];
  await listFolder(Buffer.from(folder), "", lines);
  return lines.toSorted();
}

async function listFolder(folder: Buffer, within: string, lines: string[]): Promise<void> {
  for (const name of await readdir(folder, { encoding: "buffer" })) {
    const path = Buffer.concat([folder, Buffer.from("/"), name]);
    const stats = await lstat(path, { bigint: true });
    const shown = `${within}${JSON.stringify(name.toString("latin1"))}`;
    lines.push(`${shown} ${await describe(path, stats)}`);
    if (stats.isDirectory()) await listFolder(path, `${shown}/`, lines);
  }
}

async function describe(path: Buffer, stats: BigIntStats): Promise<string> {
  const owner = `${stats.uid}:${stats.gid}`;
  if (stats.isSymbolicLink()) return `link ${owner} -> ${await linkTarget(path)}`;
  const mode = (stats.mode & 0o7777n).toString(8);
  const time = stats.mtimeMs / 1000n;
  if (stats.isDirectory()) return `folder ${mode} ${owner} ${time}`;
  const shared = `${mode} ${owner} ${time} ${stats.nlink}`;
  if (!stats.isFile()) return `special ${shared}`;
  return `file ${shared} ${stats.size} ${await sha256(path)}`;
}

async function linkTarget(path: Buffer): Promise<string> {
  return (await readlink(path, { encoding: "buffer" })).toString("latin1");
}

async function sha256(path: Buffer): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest("hex");
}
