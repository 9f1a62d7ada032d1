import { execFile } from "node:child_process";
import { mkdir, truncate } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Input } from "./input.ts";
import { randomFile } from "./random-file.ts";
import { writeTarCreate } from "./write-tar-create.ts";

const MEMBER = 64 * 2 ** 20;
const HEADER = 512;
/** Two blocks of zeros. */
const END_OF_ARCHIVE = 2 * HEADER;

/** A tar that is one member of random bytes over and over, read from memory each time: no disk is as large. */
export async function streamInput(folder: string, size: number): Promise<Input> {
  const [tree, member] = [join(folder, "tree"), join(folder, "member")];
  await mkdir(tree, { recursive: true });
  await randomFile(tree, MEMBER);
  await promisify(execFile)("tar", ["--create", "--file", member, "--directory", tree, "random"]);
  await truncate(member, HEADER + MEMBER);
  const count = Math.max(1, Math.round(size / (HEADER + MEMBER)));
  const members = `yes '${member}' | head -n ${count} | xargs cat`;
  const tarCreate = await writeTarCreate(
    folder,
    `${members} && head -c ${END_OF_ARCHIVE} /dev/zero`,
  );
  return { tarCreate, tree, bytes: count * (HEADER + MEMBER) + END_OF_ARCHIVE };
}
