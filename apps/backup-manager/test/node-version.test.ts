import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "node-version-"));
  // Of whatever stands above the programs.
  await writeFile(join(folder, "package.json"), '{ "type": "commonjs" }');
  for (const app of ["archive-host", "backup-manager"])
    await cp(join(ROOT, "apps", app, "dist"), folder, { recursive: true });
});
afterAll(async () => await rm(folder, { recursive: true }));

/** Runs a program by a Node that says to be of that version. */
async function run(
  version: string,
  ...args: readonly string[]
): Promise<{ status: number | null; said: string }> {
  const pretend = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`;
  const pretending = ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`];
  return await new Promise((resolve) => {
    const child = execFile(process.execPath, [...pretending, ...args], (_, stdout, stderr) =>
      resolve({ status: child.exitCode, said: stdout + stderr }),
    );
  });
}

describe.each(["18.20.8", "20.18.3"])("Node %s is refused in words", (version) => {
  test.each(["archive-host.mjs", "backup-manager.mjs"])("by %s", async (program) => {
    const { status, said } = await run(version, join(folder, program), "--version");
    expect(said).toMatch(`Node 20.19 or later is needed, and this is ${version} (`);
    expect(said.trim().split("\n")).toHaveLength(1);
    expect(status).toBe(2);
  });

  test.each(["demo", "check"])("by npm run %s, before anything is installed", async (script) => {
    const { status, said } = await run(version, join(ROOT, "scripts/with-pnpm.js"), script);
    expect(said).toBe(`Node 20.19 or later is needed, and this is ${version}.\n`);
    expect(status).toBe(2);
  });
});

test.each(["archive-host.mjs", "backup-manager.mjs"])(
  "%s names nothing that only a newer Node has, which would end it before its first line",
  async (program) => {
    const files = [program, ...(await readdir(join(folder, "lib"))).map((file) => `lib/${file}`)];
    const texts = files.map(async (file) => await readFile(join(folder, file), "utf8"));
    const source = (await Promise.all(texts)).join("\n");
    const named = [...source.matchAll(/import\s*\{([^}]*)\}\s*from\s*"node:/g)].flatMap(
      ([, names = ""]) => names.split(",").map((name) => name.split(" as ")[0]?.trim()),
    );
    expect(named).toContain("createRequire");
    // Of node:crypto, util, zlib, module, fs, net and url; 18.20 has none of them.
    const newer = [
      "hash",
      "styleText",
      "getCallSites",
      "zstdCompress",
      "enableCompileCache",
      "findPackageJSON",
      "globSync",
      "glob",
    ];
    expect(named.filter((name) => newer.includes(name ?? ""))).toEqual([]);
  },
);

test.each(["20.19.0", "22.0.0", "26.1.0"])("Node %s is taken", async (version) => {
  const { status, said } = await run(version, join(folder, "backup-manager.mjs"), "--version");
  expect(said).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(status).toBe(0);
});
