// Runs a script of package.json with the pinned pnpm, after an install, on a
// machine that has only Node and npm: `node scripts/with-pnpm.js check`.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const { packageManager } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);
const [script, ...rest] = process.argv.slice(2);

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Node 20.19 or later is needed, and this is ${process.versions.node}.\n`);
  process.exit(2);
}

pnpm("install", "--frozen-lockfile");
pnpm("run", script, ...rest);

function pnpm(...args) {
  const { status } = spawnSync("npx", ["--yes", "--prefer-offline", packageManager, ...args], {
    stdio: "inherit",
    cwd: new URL("..", import.meta.url),
  });
  if (status !== 0) process.exit(status ?? 1);
}
