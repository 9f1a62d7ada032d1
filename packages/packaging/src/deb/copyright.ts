import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { nodeLicence } from "./node-program.ts";
import type { PackageKind } from "./package-kind.ts";

interface CopyrightOptions {
  readonly root: string;
  readonly kind: PackageKind;
  readonly homepage: string;
}

/** The texts of licences that come beside the file `copyright`, by name. */
export async function licenceTexts({ root, kind }: CopyrightOptions): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const app of ["archive-host", "backup-manager"])
    texts.set(`${app}.NOTICE.txt`, await noticeOf(root, app));
  if (kind.standalone) texts.set("node.LICENSE.txt", await nodeLicence());
  return texts;
}

/** The file `copyright`: our licence, and what the bundles hold of others. */
export async function copyrightOf({ root, kind, homepage }: CopyrightOptions): Promise<string> {
  const own = await readFile(join(root, "LICENSE"), "utf8");
  const bundled = new Set<string>();
  for (const app of ["archive-host", "backup-manager"])
    for (const [line] of (await noticeOf(root, app)).matchAll(BUNDLED)) bundled.add(line);
  const node = kind.standalone ? [`node is Node.js ${process.version}: node.LICENSE.txt.gz.`] : [];
  const parts = [`The source is at ${homepage}.`, own, BESIDE, ...node, OTHERS];
  return `${[...parts.map((part) => part.trim()), [...bundled].toSorted().join("\n")].join("\n\n")}\n`;
}

/** A package in a NOTICE.txt: its name, version, licence and source. */
const BUNDLED = /^\S+ \d\S* \([\w.+-]+\), https:\/\/\S+$/gm;

const BESIDE = `The full texts of the licences of what the programs hold of others are in the files beside this one, whose names end
with .txt.gz. On Debian systems, those that are common are also in /usr/share/common-licenses: Apache-2.0, LGPL-3, GPL-3.`;

const OTHERS = "archive-host.mjs and backup-manager.mjs hold these packages:";

async function noticeOf(root: string, app: string): Promise<string> {
  return await readFile(join(root, "apps", app, "dist/NOTICE.txt"), "utf8");
}
