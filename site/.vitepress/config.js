import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitepress";

const PAGES = new URL("../pages/", import.meta.url);
const { name, description, homepage } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
);

export default defineConfig({
  title: name,
  description,
  srcDir: "pages",
  outDir: "dist",
  // The folder of the server that it is served from.
  base: process.env.SITE_BASE ?? "/",
  // Messages hold names in angle brackets, which are no HTML.
  markdown: { config: (md) => md.set({ html: false }) },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    socialLinks: [{ icon: "github", link: homepage }],
    nav: [item("install"), item("restore"), item("backup-manager")],
    sidebar: [
      ...sectionsOfDocs(),
      { text: "Packages", collapsed: true, items: folder("packages") },
      { text: "Interfaces", collapsed: true, items: folder("api") },
    ],
  },
});

/** As docs/README.md orders the pages. */
function sectionsOfDocs() {
  return read("pages")
    .split(/^## /m)
    .slice(1)
    .map((section) => ({
      text: section.slice(0, section.indexOf("\n")),
      items: [...section.matchAll(/^\| \[[^\]]*\]\(\.\/([\w-]+)\.md\)/gm)].map(([, page]) =>
        item(page),
      ),
    }));
}

/** The pages of a folder, by their names. */
function folder(path) {
  const names = readdirSync(new URL(path, PAGES)).map((file) => file.replace(/\.md$/, ""));
  return names
    .filter((page) => page !== "index")
    .toSorted()
    .map((page) => ({ text: page, link: `/${path}/${page}` }));
}

/** A page by its heading. */
function item(page) {
  const [, heading] = /^# (.*)$/m.exec(read(page));
  return { text: heading.replaceAll("`", ""), link: page === "index" ? "/" : `/${page}` };
}

function read(page) {
  return readFileSync(new URL(`${page}.md`, PAGES), "utf8");
}
