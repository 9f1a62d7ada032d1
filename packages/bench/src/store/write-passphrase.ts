import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Writes the passphrase that all contenders encrypt with; gives its path. */
export async function writePassphrase(folder: string): Promise<string> {
  const file = join(folder, "passphrase");
  await writeFile(file, "correct horse battery staple\n", { mode: 0o600 });
  return file;
}
