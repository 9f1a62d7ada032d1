// `pnpm package:deb [FOLDER]`: both Debian packages, into packages/packaging/dist/deb unless another folder is named.
import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { aboutRepository } from "./deb/about-repository.ts";
import { buildDeb } from "./deb/build-deb.ts";
import { PLAIN, standaloneOn } from "./deb/package-kind.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const output = resolve(process.argv[2] ?? join(root, "packages/packaging/dist/deb"));
await mkdir(output, { recursive: true });
const about = await aboutRepository(root, await sourceDate());
for (const kind of [PLAIN, standaloneOn(process.arch, about.version)])
  process.stdout.write(`${await buildDeb({ ...about, kind }, output)}\n`);

/** When what is built was written: SOURCE_DATE_EPOCH, or the time of the last commit. Seconds since 1970. */
async function sourceDate(): Promise<number> {
  const given = process.env["SOURCE_DATE_EPOCH"];
  if (given !== undefined && /^\d+$/.test(given)) return Number(given);
  const { stdout } = await promisify(execFile)("git", ["log", "-1", "--format=%ct"], { cwd: root });
  return Number(stdout);
}
