// `pnpm package:release FOLDER`: all that a release consists of, with sums. Whoever releases signs them.
import { copyFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { packBundles } from "./bundles/pack-bundles.ts";
import { aboutRepository } from "./deb/about-repository.ts";
import { buildDeb } from "./deb/build-deb.ts";
import { PLAIN, standaloneOn } from "./deb/package-kind.ts";
import { callingPnpm, packPackages } from "./npm/pack-packages.ts";
import { sourceDate } from "./source-date.ts";
import { writeSums } from "./write-sums.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const [given] = process.argv.slice(2);
if (given === undefined) throw new Error("A folder is needed: pnpm package:release FOLDER");
const output = resolve(given);
await mkdir(output, { recursive: true });

const about = await aboutRepository(root, await sourceDate(root, process.env["SOURCE_DATE_EPOCH"]));
for (const kind of [PLAIN, standaloneOn(process.arch, about.version)])
  await buildDeb({ ...about, kind }, output);
await packBundles(about, output);
for (const name of ["archive-host.cdx.json", "backup-manager.cdx.json"])
  await copyFile(join(root, "apps", name.replace(/\..*/, ""), "dist", name), join(output, name));
await packPackages({ root, output, pnpm: callingPnpm(process.env) });
await writeSums(output);
