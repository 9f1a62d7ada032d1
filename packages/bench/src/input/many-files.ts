import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const FILES_A_FOLDER = 500;
/** Of a file on average; with its header it takes 3 KiB to 9 KiB of the tar. */
const MEAN = 4096;

/** Small files of all lengths up to 8 KiB, half text and half noise. */
export async function manyFiles(tree: string, size: number): Promise<void> {
  const count = Math.floor(size / (MEAN + 1024));
  for (let index = 0; index < count; index += 1) {
    const folder = join(tree, String(Math.floor(index / FILES_A_FOLDER)));
    if (index % FILES_A_FOLDER === 0) await mkdir(folder);
    const length = (index * 977) % (2 * MEAN);
    const noise = randomBytes(length / 2);
    await writeFile(join(folder, `file ${index}`), `${noise.toString("hex")}\n`);
  }
}
