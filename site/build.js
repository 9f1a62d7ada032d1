// Builds the site into dist/: `npm run site` in the repository. pages/ is made anew each time, from docs/ and from the packages.
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vitepress";
import { writeApiPages } from "./api-pages.js";
import { writePages } from "./pages.js";

const site = fileURLToPath(new URL(".", import.meta.url));
await rm(`${site}/pages`, { recursive: true, force: true });
await writeApiPages(`${site}/pages/api`);
await writePages(`${site}/pages`);
// It fails if a link leads to no page.
await build(site);
