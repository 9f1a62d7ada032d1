import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** `SHA256SUMS` of all files of a folder, in the format of sha256sum(1): who builds a release again compares it with the published one. */
export async function writeSums(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name !== SUMS).toSorted();
  const lines = names.map(async (name) => {
    const digest = createHash("sha256").update(await readFile(join(folder, name)));
    return `${digest.digest("hex")}  ${name}\n`;
  });
  await writeFile(join(folder, SUMS), (await Promise.all(lines)).join(""));
}

const SUMS = "SHA256SUMS";
