import { link, mkdir, symlink, utimes, writeFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

/** Names that a careless program breaks. */
const ODD_NAMES = [
  "with space",
  "-leading-dash",
  "quote'\"`$(id);&|*?[]\\",
  "new\nline",
  "café-日本語",
  "n".repeat(200),
];

/** Makes a tree of about 24 MB: text, incompressible bytes, links, empty and odd things. */
export async function makeDemoTree(tree: string): Promise<void> {
  await mkdir(join(tree, "odd", "empty folder"), { recursive: true });
  for (const name of ODD_NAMES) await writeFile(join(tree, "odd", name), `${name}\n`);
  await writeFile(join(tree, "odd", "empty file"), "");
  await symlink("with space", join(tree, "odd", "symbolic link"));
  await link(join(tree, "odd", "with space"), join(tree, "odd", "hard link"));
  await writeFile(join(tree, "odd", "set-uid"), "#!/bin/sh\n", { mode: 0o4755 });
  await utimes(join(tree, "odd", "with space"), 0, 0);

  await writeFile(join(tree, "photos.bin"), randomBytes(12_000_000));
  const lines = Array.from(
    { length: 150_000 },
    (_, line) => `${line}: ${line ** 2 % 7919} ms, all is well`,
  );
  await writeFile(join(tree, "text.log"), lines.join("\n"));
  for (let folder = 0; folder < 20; folder++) await makeFolder(join(tree, `project ${folder}`));
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder);
  for (let file = 0; file < 25; file++) {
    await writeFile(join(folder, `${file}.txt`), `file ${file} of ${folder}\n`.repeat(file * 40));
  }
}
