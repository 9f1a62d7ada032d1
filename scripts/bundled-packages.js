import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The packages of others that have bytes in a bundle, by name, as esbuild's metafile lists them.
 *
 * @returns {Promise<{ name: string, version: string, license: string, source: string, text: string | undefined, comments: string[] }[]>}
 *   `text`: its licence; `comments`: the copyright notices in its bundled files
 */
export async function bundledPackages(metafile) {
  const files = new Map();
  for (const [file, { bytesInOutput }] of bundledFiles(metafile)) {
    const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
    if (folder === undefined || bytesInOutput === 0) continue;
    files.set(folder, [...(files.get(folder) ?? []), file]);
  }
  const packages = await Promise.all([...files].map(async (one) => await describe(...one)));
  return packages.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function bundledFiles({ outputs }) {
  return Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
}

async function describe(folder, files) {
  const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const { name, version, license, repository } = about;
  const contents = await Promise.all(files.map(async (file) => await readFile(file, "utf8")));
  const comments = [...new Set(contents.flatMap(copyrightComments))];
  const place = typeof repository === "string" ? repository : repository?.url;
  return {
    name,
    version,
    license,
    source: webPlace(place),
    text: await licenceIn(folder),
    comments,
  };
}

async function licenceIn(folder) {
  const names = (await readdir(folder)).filter((file) =>
    /^(licen[cs]e|notice|copying)/i.test(file),
  );
  const texts = names.toSorted().map(async (file) => await readFile(join(folder, file), "utf8"));
  return names.length === 0 ? undefined : (await Promise.all(texts)).join("\n").trim();
}

/** Comments with a copyright, without what makes them comments. A package may hold files of others. */
function copyrightComments(source) {
  const comments = source.match(/\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n)+/gm) ?? [];
  return comments
    .filter((comment) => /copyright|\(c\) \d|licensed under/i.test(comment))
    .map((comment) =>
      comment.replaceAll(/^[ \t]*(?:\/\*+!?|\*\/|\*|\/\/)[ \t]?|\*\/$/gm, "").trim(),
    );
}

/** `sindresorhus/p-limit` and `git+https://….git` as a web page has it. */
function webPlace(place = "") {
  if (/^[\w-]+\/[\w.-]+$/.test(place)) return `https://github.com/${place}`;
  return place
    .replace(/^github:/, "https://github.com/")
    .replace(/^git\+/, "")
    .replace(/\.git$/, "");
}
