import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Manifest, readManifest } from "../read-manifest.ts";

/** A package as npm would get it. */
export interface PackedPackage {
  readonly manifest: Manifest;
  /** Path of the .tgz. */
  readonly tarball: string;
}

export interface PackOptions {
  /** The repository. */
  readonly root: string;
  /** Where the tarballs go. */
  readonly output: string;
  /** The pnpm of the repository: a program and its first arguments. */
  readonly pnpm: readonly [string, ...string[]];
}

/**
 * Packs all that is published, by `pnpm pack`: with the build that `prepack` makes, and with versions in place of
 * `workspace:` and `catalog:`.
 */
export async function packPackages({ root, output, pnpm }: PackOptions): Promise<PackedPackage[]> {
  const manifests = (await publishedPackages(root)).map(({ manifest }) => manifest);
  const filters = manifests.flatMap(({ name }) => ["--filter", name]);
  const [program, ...args] = [...pnpm, ...filters, "pack", "--pack-destination", output];
  await promisify(execFile)(program, args, { cwd: root, maxBuffer: 2 ** 26 });
  return manifests.map((manifest) => {
    const file = `${manifest.name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`;
    return { manifest, tarball: join(output, file) };
  });
}

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

/** The pnpm that runs this program, as `pnpm run` names it: a script for Node, or a program. */
export function callingPnpm(environment: NodeJS.ProcessEnv): readonly [string, ...string[]] {
  const { npm_execpath: path = "pnpm" } = environment;
  return /\.[cm]?js$/.test(path) ? [process.execPath, path] : [path];
}
