import { fileURLToPath } from "node:url";

/**
 * Comes first in each file of a bundle: an older Node would fail later, somewhere, in words of its own. It is read by such a Node, too.
 */
const NODE_CHECK = `{
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(
      "Node 20.19 or later is needed, and this is " + process.versions.node + " (" + process.execPath +
        "). Install a newer one, and put it where PATH finds it first.",
    );
    process.exit(2);
  }
}`;

/** How esbuild makes the bundle of an app: the program, and in `lib` what it loads. */
export const bundleOptions = {
  bundle: true,
  minifyWhitespace: true,
  minifySyntax: true,
  platform: "node",
  // What has to be refused can read it.
  target: "node18",
  format: "esm",
  // A program loads what it needs: reading all of it would take longer than printing a help.
  splitting: true,
  outExtension: { ".js": ".mjs" },
  chunkNames: "lib/[name]-[hash]",
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
const require = bundleRequire(import.meta.url);
${NODE_CHECK}`,
  },
};

function standIn(name) {
  return fileURLToPath(new URL(`stand-ins/${name}.js`, import.meta.url));
}
