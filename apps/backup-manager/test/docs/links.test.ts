import { access, readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const LINK = /\]\((?<target>[^)\s]+)\)/g;

test.each(await pages())("%s links to pages and headings that exist", async (page) => {
  const text = withoutCode(await readFile(join(ROOT, page), "utf8"));
  const broken: string[] = [];
  for (const { groups } of text.matchAll(LINK)) {
    const target = await withinRepository(groups?.["target"] ?? "", page);
    if (/^[a-z]+:/.test(target)) continue;
    if (!(await leadsSomewhere(page, target))) broken.push(target);
  }
  expect(broken).toEqual([]);
});

test("docs/README.md names every page of docs", async () => {
  const index = await readFile(join(ROOT, "docs/README.md"), "utf8");
  const names = (await readdir(join(ROOT, "docs"))).filter((name) => name.endsWith(".md"));
  expect(names.filter((name) => name !== "README.md" && !index.includes(`(${name})`))).toEqual([]);
});

async function pages(): Promise<readonly string[]> {
  const docs = (await readdir(join(ROOT, "docs"))).map((name) => `docs/${name}`);
  const packages = ["apps", "packages"].map(async (group) =>
    (await readdir(join(ROOT, group))).map((name) => `${group}/${name}/README.md`),
  );
  const all = [...(await readdir(ROOT)), ...docs, ...(await Promise.all(packages)).flat()];
  return all.filter((name) => name.endsWith(".md"));
}

/** A README that goes to npm names the repository's files by their addresses: the same file here, relative to the page. */
async function withinRepository(target: string, page: string): Promise<string> {
  const about: unknown = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const files = `${String(Reflect.get(Object(about), "homepage"))}/blob/main/`;
  return target.startsWith(files) ? relative(dirname(page), target.slice(files.length)) : target;
}

async function leadsSomewhere(page: string, target: string): Promise<boolean> {
  const [path = "", heading] = target.split("#");
  const file = path === "" ? page : join(dirname(page), path);
  try {
    await access(join(ROOT, file));
  } catch {
    return false;
  }
  if (heading === undefined) return true;
  // A heading may be a command's name, as code.
  const text = withoutBlocks(await readFile(join(ROOT, file), "utf8"));
  return text.split("\n").some((line) => /^#+ /.test(line) && slugOf(line) === heading);
}

/** As GitHub makes a heading's name. */
function slugOf(line: string): string {
  const words = line.replace(/^#+ /, "").toLowerCase();
  return words.replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");
}

function withoutCode(text: string): string {
  return withoutBlocks(text).replaceAll(/`[^`\n]*`/g, "");
}

function withoutBlocks(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, "");
}
