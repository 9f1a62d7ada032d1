// Bundles an app into one file that plain node runs: `node scripts/bundle.js src/app.ts dist/app.js`.
import { chmod } from "node:fs/promises";
import { build } from "esbuild";

const [entry, outfile] = process.argv.slice(2);

await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  minify: true,
  keepNames: true,
  platform: "node",
  target: "node20",
  format: "esm",
  conditions: ["@backuppc-archive-s3/source"],
  loader: { ".sh": "text" },
  legalComments: "none",
  banner: {
    // CommonJS packages inside an ESM bundle call require() for Node's own modules.
    js: `#!/usr/bin/env node
import { createRequire as bundleRequire } from "node:module";
const require = bundleRequire(import.meta.url);`,
  },
});
await chmod(outfile, 0o755);
