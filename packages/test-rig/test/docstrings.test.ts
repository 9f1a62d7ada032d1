import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const PACKAGES = fileURLToPath(new URL("../..", import.meta.url));
const ENTRY = /^(index|.*\/index)\.ts$/;

/** Not for others to use. */
const OWN: ReadonlySet<string> = new Set(["bench", "packaging", "test-rig"]);

const published = (await readdir(PACKAGES)).filter((name) => !OWN.has(name));

test.each(published)("Everything that %s exports says what it is", async (name) => {
  const folder = join(PACKAGES, name, "src");
  const files = await readdir(folder, { recursive: true });
  const entries = files.filter((file) => ENTRY.test(file)).map((file) => join(folder, file));
  const exported = (await Promise.all(entries.map(exportsOf))).flat();
  expect(exported.length).toBeGreaterThan(0);
  const bare = exported.filter(({ source, name: own }) => !isDocumented(source, own));
  expect(bare.map(({ file, name: own }) => `${file}: ${own}`)).toEqual([]);
});

interface Exported {
  readonly file: string;
  readonly source: string;
  readonly name: string;
}

async function exportsOf(entry: string): Promise<Exported[]> {
  const text = await readFile(entry, "utf8");
  const found = [...text.matchAll(/export (?:type )?\{([^}]*)\} from "([^"]+)"/g)];
  const exported = found.map(async ([, names = "", module = ""]) => {
    const file = join(dirname(entry), module);
    const source = await readFile(file, "utf8");
    const own = names.split(",").map((each) => each.trim().replace(/^type /, ""));
    return own.filter((each) => each !== "").map((each) => ({ file, source, name: each }));
  });
  return (await Promise.all(exported)).flat();
}

function isDocumented(source: string, name: string): boolean {
  const kinds = "(?:async )?(?:function\\*?|const|class|interface|type)";
  return new RegExp(`\\*/\\nexport ${kinds} ${name}\\b`).test(source);
}
