import { fileURLToPath } from "node:url";

/** How esbuild makes the bundle of an app. */
export const bundleOptions = {
  bundle: true,
  minify: true,
  keepNames: true,
  platform: "node",
  target: "node20",
  format: "esm",
  conditions: ["@backuppc-archive-s3/source"],
  loader: { ".sh": "text" },
  // Of yargs. Both would take time at each start, and y18n would look for a folder of languages beside the bundle.
  alias: { "string-width": standIn("string-width"), y18n: standIn("y18n") },
  // They are in NOTICE.txt.
  legalComments: "none",
  metafile: true,
  banner: {
    // CommonJS packages inside an ESM bundle call require() for Node's own modules.
    js: `#!/usr/bin/env node
import { createRequire as bundleRequire } from "node:module";
const require = bundleRequire(import.meta.url);`,
  },
};

function standIn(name) {
  return fileURLToPath(new URL(`stand-ins/${name}.js`, import.meta.url));
}
