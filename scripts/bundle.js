// Bundles an app into one file that plain node runs: `node scripts/bundle.js src/app.ts dist/app.mjs [THREAD]`. Beside it come
// the licences of what is in it (NOTICE.txt) and the list of that (app.cdx.json). THREAD is the module that the app's threads run:
// the bundle has it as a text of its own, ENCRYPTION_THREAD, so that a thread need not load the app.
import { chmod, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { bundleOptions } from "./bundle-options.js";
import { bundledPackages } from "./bundled-packages.js";
import { noticeOf } from "./notice.js";
import { sbomOf } from "./sbom.js";

const [entry, outfile, thread] = process.argv.slice(2);

const define = thread === undefined ? {} : { ENCRYPTION_THREAD: await textOf(thread) };
const { metafile } = await build({ ...bundleOptions, entryPoints: [entry], outfile, define });
await chmod(outfile, 0o755);
const name = basename(outfile, ".mjs");
const { version, license } = JSON.parse(await readFile("package.json", "utf8"));
const packages = await bundledPackages(metafile);
const beside = (file) => join(dirname(outfile), file);
await writeFile(beside("NOTICE.txt"), await noticeOf(name, packages));
await writeFile(beside(`${name}.cdx.json`), sbomOf({ name, version, license }, packages));

/** A module of our own with all that it imports, as a string of JavaScript. */
async function textOf(module) {
  const small = { ...bundleOptions, keepNames: false, banner: {}, write: false };
  const { outputFiles } = await build({ ...small, entryPoints: [module] });
  return JSON.stringify(outputFiles[0].text);
}
