import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Manifest, readManifest } from "../../src/read-manifest.ts";

/** Every package that is not private, with its folder. */
export async function publishedPackages(
  root: string,
): Promise<{ folder: string; manifest: Manifest }[]> {
  const found: { folder: string; manifest: Manifest }[] = [];
  for (const group of ["packages", "apps"]) {
    for (const name of (await readdir(join(root, group))).toSorted()) {
      const folder = join(root, group, name);
      const manifest = await readManifest(folder);
      if (!manifest.private) found.push({ folder, manifest });
    }
  }
  return found;
}
