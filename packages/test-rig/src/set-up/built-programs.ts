import { execFile } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/** What the build writes last, whether the bundles have changed or not. */
const BUILT = ["archive-host", "backup-manager"].map((app) => `apps/${app}/dist/${app}.cdx.json`);

/** Global set-up of vitest: builds the programs if anything that they are made of is newer, so that no test runs old ones. */
export default async function buildPrograms(): Promise<void> {
  const built = Math.min(...(await Promise.all(BUILT.map(timeOf))));
  const sources = Math.max(...(await Promise.all((await sourceFiles()).map(timeOf))));
  if (sources < built) return;
  process.stderr.write("The programs are older than their sources: pnpm build\n");
  const build = ["--yes", "--prefer-offline", await packageManager(), "build"];
  await promisify(execFile)("npx", build, { cwd: ROOT });
}

/** Milliseconds since 1970; 0 where there is no such file. */
async function timeOf(file: string): Promise<number> {
  return await stat(join(ROOT, file)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

async function sourceFiles(): Promise<string[]> {
  const workspaces = await Promise.all(["packages", "apps"].map(foldersIn));
  const files = await Promise.all(
    ["scripts", ...workspaces.flat().map((folder) => `${folder}/src`)].map(filesBelow),
  );
  const manifests = workspaces.flat().map((folder) => `${folder}/package.json`);
  return ["pnpm-lock.yaml", ...manifests, ...files.flat()];
}

async function foldersIn(folder: string): Promise<string[]> {
  return (await readdir(join(ROOT, folder))).map((name) => `${folder}/${name}`);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true }).catch(() => []);
  return entries.map((entry) => `${folder}/${entry}`);
}

/** The pinned pnpm. */
async function packageManager(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  return String(Reflect.get(Object(manifest), "packageManager"));
}
