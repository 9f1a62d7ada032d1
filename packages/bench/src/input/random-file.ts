import { randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";

const BLOCK = 4 * 2 ** 20;

/** One file that nothing compresses. */
export async function randomFile(tree: string, size: number): Promise<void> {
  const file = await open(join(tree, "random"), "w");
  try {
    for (let written = 0; written < size; written += BLOCK) {
      await file.write(randomBytes(Math.min(BLOCK, size - written)));
    }
  } finally {
    await file.close();
  }
}
