import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { describe, expect, test } from "vitest";
import { publishedPackages } from "../../src/npm/pack-packages.ts";
import { ROOT } from "../deb/repository.ts";

const PACKAGES = await publishedPackages(ROOT);
const ABOUT = await read(ROOT);

describe.each(PACKAGES)("$manifest.name", ({ folder, manifest }) => {
  test("says where it is from, and what it is", async () => {
    const directory = relative(ROOT, folder);
    expect(await read(folder)).toMatchObject({
      license: "MIT",
      type: "module",
      homepage: `${String(ABOUT["homepage"])}/tree/main/${directory}#readme`,
      bugs: ABOUT["bugs"],
      repository: { ...Object(ABOUT["repository"]), directory },
      author: ABOUT["author"],
      keywords: expect.arrayContaining(["backup"]),
      engines: ABOUT["engines"],
      publishConfig: { access: "public", provenance: true },
      scripts: { prepack: "pnpm run build" },
    });
  });

  test("has the version of all others", () => {
    expect(manifest.version).toBe(PACKAGES[0]?.manifest.version);
  });

  test("needs nothing at run time that is not published", () => {
    const ours = Object.keys(manifest.dependencies).filter((name) => name.startsWith("@backuppc-"));
    const published = PACKAGES.map((one) => one.manifest.name);
    expect(ours.filter((name) => !published.includes(name))).toEqual([]);
  });

  test("takes any later version of a package of others that keeps its promises", async () => {
    const catalog = await readFile(`${ROOT}/pnpm-workspace.yaml`, "utf8");
    for (const [name, range] of Object.entries(manifest.dependencies)) {
      if (range !== "catalog:") continue;
      const [, version = ""] = new RegExp(`^ {2}"?${name}"?: (\\S+)$`, "m").exec(catalog) ?? [];
      expect(`${name} ${version}`).toBe(`${name} ${version.replace(/^\^?/, "^")}`);
    }
  });
});

test("Every library says that a bundler may leave out what is not used", async () => {
  for (const { folder } of PACKAGES.filter((one) =>
    relative(ROOT, one.folder).startsWith("packages"),
  )) {
    const { sideEffects } = await read(folder);
    expect(sideEffects === false || Array.isArray(sideEffects)).toBe(true);
  }
});

async function read(folder: string): Promise<Record<string, unknown>> {
  const about: unknown = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  return { ...Object(about) };
}
