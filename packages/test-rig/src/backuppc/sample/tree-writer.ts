import { chmod, mkdir, writeFile } from "node:fs/promises";

/** The path of an entry whose name need not be UTF-8. */
export function entry(folder: string | Buffer, name: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from(folder), Buffer.from("/"), Buffer.from(name)]);
}

/** Writes a file that all may read, whatever the umask. */
export async function putFile(
  path: Buffer,
  content: string | Buffer,
  mode: number = 0o644,
): Promise<void> {
  await writeFile(path, content);
  await chmod(path, mode);
}

/** Makes a folder that all may enter, whatever the umask. */
export async function putFolder(path: string | Buffer, mode: number = 0o755): Promise<void> {
  await mkdir(path, { recursive: true });
  await chmod(path, mode);
}
