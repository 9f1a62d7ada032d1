// Bundles an app for plain node: `node scripts/bundle.js src/app.ts dist [THREAD]` writes dist/app.mjs and dist/lib, which the program
// loads from. Beside them come the licences of what is in them (NOTICE.txt) and the list of that (app.cdx.json). THREAD is the module
// that the app's threads run: the bundle has it as a text of its own, ENCRYPTION_THREAD, so that a thread need not load the app.
import { chmod, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { bundleOptions } from "./bundle-options.js";
import { bundledPackages } from "./bundled-packages.js";
import { noticeOf } from "./notice.js";
import { sbomOf } from "./sbom.js";

const [entry, outdir, thread] = process.argv.slice(2);

const define = thread === undefined ? {} : { ENCRYPTION_THREAD: await textOf(thread) };
const name = basename(entry, ".ts");
const { metafile } = await build({ ...bundleOptions, entryPoints: [entry], outdir, define });
await removeOthers(join(outdir, "lib"), Object.keys(metafile.outputs));
await chmod(join(outdir, `${name}.mjs`), 0o755);
const { version, license } = JSON.parse(await readFile("package.json", "utf8"));
const packages = await bundledPackages(metafile);
await writeFile(join(outdir, "NOTICE.txt"), await noticeOf(name, packages));
await writeFile(join(outdir, `${name}.cdx.json`), sbomOf({ name, version, license }, packages));

/** Files of earlier bundles have other names. They stay until there is a new bundle. */
async function removeOthers(folder, files) {
  const names = new Set(files.map((file) => basename(file)));
  for (const file of await readdir(folder)) if (!names.has(file)) await rm(join(folder, file));
}

/** A module of our own with all that it imports, as a string of JavaScript. */
async function textOf(module) {
  const small = { ...bundleOptions, splitting: false, banner: {}, write: false };
  const { outputFiles } = await build({ ...small, entryPoints: [module] });
  return JSON.stringify(outputFiles[0].text);
}
