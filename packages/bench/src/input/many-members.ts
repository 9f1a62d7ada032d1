import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Input } from "./input.ts";
import { writeTarCreate } from "./write-tar-create.ts";

const BLOCK = 512;
const BATCH = 10_000;
const FILES_A_FOLDER = 900;
/** Where a header has its checksum, which counts as spaces in its own sum. */
const CHECKSUM = [148, 156] as const;

/** A tar of empty files with long paths, one for each 512 bytes: the most members that a tar of this length can have. */
export async function manyMembers(folder: string, size: number): Promise<Input> {
  const tar = join(folder, "input.tar");
  const count = Math.floor(size / BLOCK);
  const file = await open(tar, "w");
  try {
    for (let at = 0; at < count; at += BATCH) {
      const headers = Array.from({ length: Math.min(BATCH, count - at) }, (_, one) =>
        header(memberPath(at + one)),
      );
      await file.write(Buffer.concat(headers));
    }
    await file.write(Buffer.alloc(2 * BLOCK));
  } finally {
    await file.close();
  }
  const tarCreate = await writeTarCreate(folder, `cat '${tar}'`);
  return { tarCreate, tree: folder, bytes: (count + 2) * BLOCK };
}

/** Of the file with this number, which is its own last one. */
export function memberPath(number: number): string {
  const folder = Math.floor(number / FILES_A_FOLDER);
  return `./home/user ${folder % 7}/project-${folder}/src/module-${number % 31}/file-${number}.c`;
}

function header(path: string): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(path, 0);
  block.write("0000644\x000001750\x000001750\x0000000000000\x0014524754000\0", 100);
  block.fill(" ", ...CHECKSUM);
  block.write("0ustar\x0000", 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, CHECKSUM[0]);
  return block;
}
