import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Application } from "typedoc";

const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** The interface of each library, from its types and docstrings. */
export async function writeApiPages(output) {
  const app = await Application.bootstrapWithPlugins({
    plugin: ["typedoc-plugin-markdown"],
    name: "Interfaces of the packages",
    entryPoints: await interfaces(),
    tsconfig: `${ROOT}/tsconfig.json`,
    readme: "none",
    entryFileName: "index",
    outputFileStrategy: "modules",
    disableSources: true,
    excludeInternal: true,
    excludePrivate: true,
    githubPages: false,
    hidePageHeader: true,
    hideBreadcrumbs: true,
    parametersFormat: "table",
    // The compiler that is used here is older than the one that checks the sources.
    skipErrorChecking: true,
    logLevel: "Warn",
  });
  const project = await app.convert();
  if (project === undefined) throw new Error("The interfaces cannot be read.");
  for (const library of project.children ?? []) library.name = library.name.replace(/\/src$/, "");
  await app.outputs.writeOutput({ name: "markdown", path: output }, project);
}

/** Of the packages that are published. */
async function interfaces() {
  const found = [];
  for (const name of (await readdir(`${ROOT}/packages`)).toSorted()) {
    const folder = `${ROOT}/packages/${name}`;
    const about = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    if (about.private !== true) found.push(`${folder}/src/index.ts`);
  }
  return found;
}
