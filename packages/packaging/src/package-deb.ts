// `pnpm package:deb [FOLDER]`: both Debian packages, into packages/packaging/dist/deb unless another folder is named.
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { aboutRepository } from "./deb/about-repository.ts";
import { buildDeb } from "./deb/build-deb.ts";
import { PLAIN, standaloneOn } from "./deb/package-kind.ts";
import { sourceDate } from "./source-date.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const output = resolve(process.argv[2] ?? join(root, "packages/packaging/dist/deb"));
await mkdir(output, { recursive: true });
const about = await aboutRepository(root, await sourceDate(root, process.env["SOURCE_DATE_EPOCH"]));
for (const kind of [PLAIN, standaloneOn(process.arch, about.version)])
  process.stdout.write(`${await buildDeb({ ...about, kind }, output)}\n`);
