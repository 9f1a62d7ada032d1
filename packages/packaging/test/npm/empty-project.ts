import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PackedPackage } from "../../src/npm/pack-packages.ts";

/** A project of somebody else, with packed packages in it. */
export interface EmptyProject {
  readonly folder: string;
  /** Bytes below node_modules, as `du --apparent-size` counts them. */
  size(): Promise<number>;
  /** How many copies of a package are below node_modules. */
  copies(name: string): Promise<number>;
  /** What a program prints that runs in it. @throws if it fails */
  run(program: string, ...args: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

/** Makes a project and installs packages into it by npm(1), with what they need from the registry. */
export async function emptyProject(packed: readonly PackedPackage[]): Promise<EmptyProject> {
  const folder = await mkdtemp(join(tmpdir(), "empty-project-"));
  await writeFile(join(folder, "package.json"), '{ "type": "module", "private": true }\n');
  const run = async (program: string, ...args: readonly string[]): Promise<string> =>
    (await promisify(execFile)(program, args, { cwd: folder, maxBuffer: 2 ** 26 })).stdout;
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  await run("npm", "install", ...quiet, ...packed.map(({ tarball }) => tarball));
  return {
    folder,
    size: async () => Number.parseInt(await run("du", "-sb", "node_modules"), 10),
    copies: async (name) => {
      const files = await readdir(join(folder, "node_modules"), { recursive: true });
      const ending = `/node_modules/${name}/package.json`;
      return files.filter((file) => `/node_modules/${file}`.endsWith(ending)).length;
    },
    run,
    remove: async () => await rm(folder, { recursive: true }),
  };
}

/** A package with all of ours that it needs. */
export function closureOf(name: string, packed: readonly PackedPackage[]): PackedPackage[] {
  const found = new Map<string, PackedPackage>();
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const one = packed.find(({ manifest }) => manifest.name === next);
    if (one === undefined || found.has(next)) continue;
    found.set(next, one);
    waiting.push(...Object.keys(one.manifest.dependencies));
  }
  return [...found.values()];
}
