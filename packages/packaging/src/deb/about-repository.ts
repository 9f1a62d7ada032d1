import { readManifest } from "../read-manifest.ts";
import type { ContentsOptions } from "./contents.ts";
import { debianVersion } from "./control.ts";

/** What every package of a repository has in common. @param date seconds since 1970, which all files get */
export async function aboutRepository(
  root: string,
  date: number,
): Promise<Omit<ContentsOptions, "kind">> {
  const { author, homepage } = await readManifest(root);
  // The repository itself is never released, so its own version says nothing.
  const { version } = await readManifest(`${root}/apps/backup-manager`);
  if (author === undefined || homepage === undefined)
    throw new Error("The repository's package.json needs an author and a homepage.");
  return { root, version: debianVersion(version), maintainer: author, homepage, date };
}
