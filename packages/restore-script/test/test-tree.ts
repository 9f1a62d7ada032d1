import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A tree with what a careless restore loses, of about 400 kB. */
export async function makeTree(tree: string): Promise<void> {
  await mkdir(join(tree, "etc", "empty folder"), { recursive: true });
  await writeFile(join(tree, "etc", "passwd"), "root:x:0:0\n", { mode: 0o640 });
  await writeFile(join(tree, "etc", "new\nline 'quoted' $(id)"), "odd\n");
  await writeFile(join(tree, "etc", "set-uid"), "#!/bin/sh\n", { mode: 0o755 });
  await run("chmod", ["4755", join(tree, "etc", "set-uid")]);
  await run("ln", ["-s", "passwd", join(tree, "etc", "link")]);
  await run("ln", [join(tree, "etc", "passwd"), join(tree, "etc", "hard link")]);
  // Compresses to about a half.
  const noise = Array.from({ length: 40_000 }, (_, at) =>
    ((at * 2_654_435_761) % 9_973).toString(),
  );
  await writeFile(join(tree, "numbers"), noise.join("\n"));
  await writeFile(join(tree, "noise"), createNoise(200_000));
}

function createNoise(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, at) =>
    createHash("sha256").update(`block ${at}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}
