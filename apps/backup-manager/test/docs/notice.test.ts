import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";
import { describe, expect, test } from "vitest";
import { bundleOptions } from "../../../../scripts/bundle-options.js";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

describe.each(["archive-host", "backup-manager"])("What is bundled into %s", (app) => {
  test("is in NOTICE.txt with its licence, and in the SBOM, and nothing else is", async () => {
    const bundled = await bundledInto(app);
    expect(bundled.length).toBeGreaterThan(20);
    const notice = await readFile(`${ROOT}/apps/${app}/dist/NOTICE.txt`, "utf8");
    const noticed = [...notice.matchAll(/^(\S+) (\d\S*) \(([\w.+-]+)\), https:\/\/\S+$/gm)];
    expect(noticed.map(([, name, version]) => `${name} ${version}`).toSorted()).toEqual(bundled);
    const sbom: unknown = JSON.parse(
      await readFile(`${ROOT}/apps/${app}/dist/${app}.cdx.json`, "utf8"),
    );
    expect(sbom).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6" });
    expect(purlsIn(sbom)).toEqual(bundled.map(purlOf));
  });

  test("has the texts of all licences, and says how to replace openpgp", async () => {
    const notice = await readFile(`${ROOT}/apps/${app}/dist/NOTICE.txt`, "utf8");
    for (const text of [
      "Apache License\n                           Version 2.0",
      "GNU LESSER GENERAL PUBLIC LICENSE",
      "GNU GENERAL PUBLIC LICENSE\n                       Version 3",
      "THE SOFTWARE IS PROVIDED “AS IS”".replaceAll(/[“”]/g, '"'),
      "Redistribution and use in source and binary forms",
      "Copyright 2005 Herbert Hanewinkel",
      "https://github.com/openpgpjs/openpgpjs, tag v",
      "overrides:\n    openpgp: file:",
    ])
      expect(notice).toContain(text);
  });
});

/** Names and versions, by esbuild's own account. */
async function bundledInto(app: string): Promise<string[]> {
  const { metafile } = await build({
    ...bundleOptions,
    metafile: true,
    write: false,
    absWorkingDir: ROOT,
    entryPoints: [`apps/${app}/src/${app}.ts`],
    outdir: "dist",
  });
  const folders = new Set(filesIn(metafile?.outputs ?? {}).flatMap((file) => folderOf(file) ?? []));
  const named = [...folders].map(async (folder) => {
    const about: unknown = JSON.parse(await readFile(`${ROOT}/${folder}/package.json`, "utf8"));
    return `${String(Reflect.get(Object(about), "name"))} ${String(Reflect.get(Object(about), "version"))}`;
  });
  return (await Promise.all(named)).toSorted();
}

function filesIn(outputs: Metafile["outputs"]): string[] {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? file : [])),
  );
}

function folderOf(file: string): string | undefined {
  const at = file.lastIndexOf("node_modules/");
  if (at === -1) return undefined;
  const [scope = "", name = ""] = file.slice(at + "node_modules/".length).split("/");
  return file.slice(0, at) + `node_modules/${scope.startsWith("@") ? `${scope}/${name}` : scope}`;
}

function purlsIn(sbom: unknown): unknown[] {
  const components: unknown = Reflect.get(Object(sbom), "components");
  if (!Array.isArray(components)) return [];
  return components.map((one: unknown) => Reflect.get(Object(one), "purl"));
}

function purlOf(named: string): string {
  return `pkg:npm/${named.replace("@", "%40").replace(" ", "@")}`;
}
