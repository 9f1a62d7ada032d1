import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedStore, startEmbeddedStore } from "@backuppc-archive-s3/test-rig";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PackedPackage, packPackages } from "../../src/npm/pack-packages.ts";
import { ROOT } from "../deb/repository.ts";
import { closureOf, type EmptyProject, emptyProject } from "./empty-project.ts";
import { examples } from "./examples.ts";
import { pinnedPnpm } from "./pinned-pnpm.ts";

const SCOPE = "@backuppc-archive-s3";
const CREDENTIALS = { accessKeyId: "id", secretAccessKey: "secret" };
const BUCKET = "offsite";
const REGION = "us-east-1";

/** Bytes of node_modules at most. */
const SIZES: Readonly<Record<string, number>> = {
  archiver: 45e6,
  "backup-catalog": 23e6,
  "chunk-splitter": 0.2e6,
  gpg: 22e6,
  "restore-script": 23e6,
  "s3-transport": 15e6,
  settings: 23e6,
};

/** What surrounds the examples has no types of its own, so that it is JavaScript, too. */
const STRICT =
  `--noEmit --strict --noImplicitAny false --target es2023 --types node --typeRoots ${ROOT}/node_modules/@types`.split(
    " ",
  );

let folder: string;
let store: EmbeddedStore;
let packed: readonly PackedPackage[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "installed-packages-"));
  store = await startEmbeddedStore({
    directory: join(folder, "store"),
    buckets: [BUCKET],
    region: REGION,
    ...CREDENTIALS,
  });
  const output = join(folder, "packed");
  await mkdir(output);
  packed = await packPackages({ root: ROOT, output, pnpm: await pinnedPnpm() });
});
afterAll(async () => {
  await store.stop();
  await rm(folder, { recursive: true });
});

describe.each(Object.keys(SIZES))("%s, packed and installed into an empty project", (name) => {
  let project: EmptyProject;
  beforeAll(async () => {
    const { needs = [] } = exampleOf(name);
    const names = [name, ...needs].map((one) => `${SCOPE}/${one}`);
    const all = names.flatMap((one) => closureOf(one, packed));
    project = await emptyProject([...new Set(all)]);
  });
  afterAll(async () => await project.remove());

  test("takes no more room than it has to", async () => {
    const size = await project.size();
    process.stderr.write(`${name}: ${(size / 1e6).toFixed(1)} MB\n`);
    expect(size).toBeLessThan(SIZES[name] ?? 0);
    expect(await project.copies("@smithy/core")).toBeLessThanOrEqual(1);
  });

  test("runs its README's example", async () => {
    const { prepare, prints } = exampleOf(name);
    await prepare?.(project.folder);
    await writeFile(join(project.folder, "example.js"), await programOf(name));
    expect(await project.run(process.execPath, "example.js")).toMatch(prints);
  });

  test.each([
    ["nodenext", ["--module", "nodenext"]],
    ["a bundler", ["--module", "esnext", "--moduleResolution", "bundler"]],
  ])("has types for that example, as %s resolves them", async (_, resolution) => {
    await writeFile(join(project.folder, "example.ts"), await programOf(name));
    const said = await project
      .run(join(ROOT, "node_modules/.bin/tsc"), ...STRICT, ...resolution, "example.ts")
      .catch((error: unknown) => String(Reflect.get(Object(error), "stdout")));
    expect(said).toBe("");
  });
});

test("npx runs both programs from their packages, which need no other", async () => {
  const names = ["archive-host", "backup-manager"];
  const programs = packed.filter(({ manifest }) =>
    names.includes(manifest.name.slice(SCOPE.length + 1)),
  );
  const project = await emptyProject(programs);
  try {
    expect(await project.run("npx", "backup-manager", "--help")).toMatch(
      /^backup-manager \[command\]/,
    );
    expect(await project.run("npx", "archive-host", "--help")).toMatch(
      /^archive-host tarCreatePath/,
    );
    expect(await project.size()).toBeLessThan(10e6);
  } finally {
    await project.remove();
  }
});

function exampleOf(name: string): ReturnType<typeof examples>[string] {
  const credentials = CREDENTIALS;
  const { endpoint } = store;
  const location = { bucket: BUCKET, region: REGION, endpoint, forcePathStyle: true, credentials };
  const example = examples(JSON.stringify(location))[name];
  if (example === undefined) throw new Error(`There is no example of ${name}.`);
  return example;
}

async function programOf(name: string): Promise<string> {
  const readme = await readFile(`${ROOT}/packages/${name}/README.md`, "utf8");
  const [, block] = /^```js\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  if (block === undefined) throw new Error(`The README of ${name} has no example.`);
  const { before, after } = exampleOf(name);
  return `${before}\n${block}\n${after}\n`;
}
