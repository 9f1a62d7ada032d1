import { constants } from "node:fs";
import { access, open } from "node:fs/promises";
import { join } from "node:path";

/** The file that a shell would run for a word; undefined if there is none. @param path folders with colons between */
export async function findProgram(word: string, path: string): Promise<string | undefined> {
  const files = word.includes("/") ? [word] : path.split(":").map((folder) => join(folder, word));
  for (const file of files) if (await isExecutable(file)) return file;
  return undefined;
}

export async function isExecutable(file: string): Promise<boolean> {
  return await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** What a script's first line names: a file, or a word that `env` looks for in the PATH; undefined if it is no script. */
export async function interpreterOf(file: string): Promise<string | undefined> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(256), 0, 256, 0);
    const [first = ""] = buffer.toString("utf8", 0, bytesRead).split("\n");
    return /^#!\s*(?:\S*\/env\s+)?(\S+)/.exec(first)?.[1];
  } finally {
    await handle.close();
  }
}
