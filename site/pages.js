import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The pages of the repository as pages of the site, with their pictures. Links to files that are no page lead to the repository. */
export async function writePages(output) {
  const { homepage } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const pages = await pageOfFile();
  for (const [file, page] of pages) {
    const target = join(output, page);
    await mkdir(dirname(target), { recursive: true });
    if (page.endsWith(".md")) {
      const text = await readFile(join(ROOT, file), "utf8");
      await writeFile(target, withLinks(text, file, page, { pages, homepage }));
    } else await copyFile(join(ROOT, file), target);
  }
}

/** Where each file of the repository is in the site. */
async function pageOfFile() {
  const docs = (await readdir(join(ROOT, "docs"))).filter((name) => name.endsWith(".md"));
  const pictures = await Promise.all(
    ["performance", "images"].map(async (folder) =>
      (await readdir(join(ROOT, "docs", folder)))
        .filter((name) => /\.(?:svg|png)$/.test(name))
        .map((name) => `${folder}/${name}`),
    ),
  );
  const readmes = ["packages", "apps"].map(async (group) =>
    (await readdir(join(ROOT, group))).map((name) => [
      `${group}/${name}/README.md`,
      `packages/${name}.md`,
    ]),
  );
  return new Map([
    ["README.md", "index.md"],
    ...["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"].map((name) => [name, name.toLowerCase()]),
    ...docs.map((name) => [`docs/${name}`, name === "README.md" ? "pages.md" : name]),
    ...pictures.flat().map((name) => [`docs/${name}`, name]),
    ...(await Promise.all(readmes)).flat(),
  ]);
}

/** With each link to where its target is in the site, or in the repository. Code stays as it is. */
function withLinks(text, file, page, { pages, homepage }) {
  return text
    .split(/(^```[\s\S]*?^```)/m)
    .map((part, at) => (at % 2 === 1 ? part : part.replaceAll(/\]\(([^)\s]+)\)/g, replaced)))
    .join("");

  function replaced(link, target) {
    const path = withoutAddress(target, homepage);
    if (path === undefined || path.startsWith("#")) return link;
    const [to, heading = ""] = path.split(/(?=#)/);
    const wanted = normalize(target === path ? join(dirname(file), to) : to).replace(/\/$/, "");
    const found = pages.get(wanted) ?? pages.get(`${wanted}/README.md`);
    if (found === undefined) return `](${homepage}/blob/main/${wanted})`;
    return `](./${relative(dirname(page), found)}${heading})`;
  }
}

/** A path in the repository, relative or from its root; undefined for another site. */
function withoutAddress(target, homepage) {
  for (const kind of ["blob", "tree"]) {
    const start = `${homepage}/${kind}/main/`;
    if (target.startsWith(start)) return target.slice(start.length);
  }
  return /^[a-z]+:/.test(target) ? undefined : target;
}
