import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

describe.each(["archive-host", "backup-manager"])("the bundle of %s", (app) => {
  const folder = fileURLToPath(new URL(`../../${app}/dist`, import.meta.url));
  const program = `${app}.mjs`;

  // zod imported as the object `z` made a start 15 ms longer.
  test("holds what is used of zod, not its fifty languages", async () => {
    const files = (await readdir(`${folder}/lib`)).map((file) => `lib/${file}`);
    const texts = await Promise.all([program, ...files].map(textOf));
    expect(texts.some((text) => text.includes("Invalid input"))).toBe(true);
    expect(texts.filter((text) => text.includes("Ongeldige invoer"))).toEqual([]);
  });

  // Each line of a program is read by Node before its first one runs.
  test("reads neither the SDK nor openpgp nor zod before it knows what is asked for", async () => {
    const texts = [];
    for (const file of await readAtStart(program)) texts.push(await textOf(file));
    expect(texts.length).toBeGreaterThan(1);
    for (const name of ["PutObject", "-----BEGIN PGP", "Invalid input"])
      expect(texts.filter((text) => text.includes(name))).toEqual([]);
  });

  async function textOf(file: string): Promise<string> {
    return await readFile(`${folder}/${file}`, "utf8");
  }

  /** A file with all that it imports, and what these do. */
  async function readAtStart(first: string): Promise<Set<string>> {
    const files = new Set([first]);
    for (const file of files)
      for (const [, name] of (await textOf(file)).matchAll(IMPORTS)) files.add(`lib/${name}`);
    return files;
  }
});

/** Not the calls of `import()`, which come later. */
const IMPORTS = /(?:\bfrom|\bimport)\s*"\.\/(?:lib\/)?([\w-]+\.mjs)"/g;
