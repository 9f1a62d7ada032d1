// Bundles an app into one file that plain node runs: `node scripts/bundle.js src/app.ts dist/app.js`. Beside it come
// the licences of what is in it (NOTICE.txt) and the list of that (app.cdx.json).
import { chmod, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { bundleOptions } from "./bundle-options.js";
import { bundledPackages } from "./bundled-packages.js";
import { noticeOf } from "./notice.js";
import { sbomOf } from "./sbom.js";

const [entry, outfile] = process.argv.slice(2);

const { metafile } = await build({ ...bundleOptions, entryPoints: [entry], outfile });
await chmod(outfile, 0o755);
const name = basename(outfile, ".js");
const { version, license } = JSON.parse(await readFile("package.json", "utf8"));
const packages = await bundledPackages(metafile);
const beside = (file) => join(dirname(outfile), file);
await writeFile(beside("NOTICE.txt"), await noticeOf(name, packages));
await writeFile(beside(`${name}.cdx.json`), sbomOf({ name, version, license }, packages));
