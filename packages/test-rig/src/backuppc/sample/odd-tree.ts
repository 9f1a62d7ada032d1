import { chown, link, open, symlink, utimes } from "node:fs/promises";
import { ensureProgram } from "../../program/ensure-program.ts";
import { latin1Name, newlineNames, oddNames, oddSizes } from "./odd-names.ts";
import { entry, putFile, putFolder } from "./tree-writer.ts";

/** Fills a folder with one of everything that a restore can get wrong and that BackupPC keeps by any method. */
export async function writeOddTree(folder: string): Promise<void> {
  await putFolder(folder);
  for (const name of [...oddNames, latin1Name]) await putFile(entry(folder, name), name);
  for (const size of oddSizes) {
    await putFile(entry(folder, `size-${size}`), Buffer.alloc(size, `${folder} ${size} `));
  }
  await writeDeepFolder(folder);
  await writeLinks(folder);
  await writeModesAndOwners(folder);
  await writeTimes(folder);
  await writeSparseFile(`${folder}/sparse`);
  await ensureProgram("mkfifo", ["-m", "0644", `${folder}/fifo`]);
}

/** What BackupPC keeps only by rsync: newlines in names, owners of more than seven octal digits, extended attributes. */
export async function writeOddestTree(folder: string): Promise<void> {
  await putFolder(folder);
  for (const name of newlineNames) await putFile(entry(folder, name), "a line\n");
  const newlines = entry(folder, "new\nline folder");
  await putFolder(newlines);
  await putFile(entry(newlines, "file"), "below a newline\n");
  await putFile(entry(folder, "big-owner"), "owned by 4000000\n");
  await chown(`${folder}/big-owner`, 4_000_000, 4_000_001);
  await putFile(entry(folder, "attributed"), "with an extended attribute\n");
  await ensureProgram("setfattr", ["-n", "user.note", "-v", "kept", `${folder}/attributed`]);
}

async function writeDeepFolder(folder: string): Promise<void> {
  let deep = folder;
  for (let depth = 1; depth <= 9; depth++) {
    deep += `/directory-of-depth-${depth}-with-a-long-name`;
    await putFolder(deep);
  }
  await putFile(entry(deep, "deep file"), "its path is longer than a tar header\n");
  await putFolder(`${folder}/empty folder`);
}

async function writeLinks(folder: string): Promise<void> {
  await symlink("with space", `${folder}/link`);
  await symlink("/nonexistent/target", `${folder}/dangling`);
  await symlink(`${"../".repeat(60)}far/away`, `${folder}/long-link`);
  await symlink("café-日本語-😀", `${folder}/unicode-link`);
  await putFile(entry(folder, "hard1"), "one file of three names\n".repeat(100));
  await putFolder(`${folder}/other`);
  await link(`${folder}/hard1`, `${folder}/hard2`);
  await link(`${folder}/hard1`, `${folder}/other/hard3`);
  await putFile(entry(folder, "h".repeat(150)), "a long name\n");
  await link(`${folder}/${"h".repeat(150)}`, `${folder}/other/hard-to-long`);
}

async function writeModesAndOwners(folder: string): Promise<void> {
  await putFile(entry(folder, "read-only"), "read-only\n", 0o444);
  await putFolder(`${folder}/sticky`, 0o1777);
  await putFile(entry(folder, "owned"), "owned by 12345\n");
  await chown(`${folder}/owned`, 12_345, 23_456);
  await putFile(entry(folder, "setuid"), "#!/bin/sh\n", 0o4755);
}

async function writeTimes(folder: string): Promise<void> {
  await putFile(entry(folder, "epoch"), "1970\n");
  await utimes(`${folder}/epoch`, 0, 0);
  await putFile(entry(folder, "future"), "after 2038\n");
  await utimes(`${folder}/future`, 2_177_452_800, 2_177_452_800);
}

async function writeSparseFile(path: string): Promise<void> {
  await putFile(Buffer.from(path), "");
  const file = await open(path, "r+");
  await file.truncate(16 << 20);
  await file.write("an island\n", 9 << 20);
  await file.close();
}
