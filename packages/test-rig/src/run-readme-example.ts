import { readFile } from "node:fs/promises";

/**
 * Runs the example of a README: its first `js` block, or the first that contains `containing`. Each name of
 * `names` is known in it, and the imports, which it must then name too, are left out.
 *
 * @example
 * await runReadmeExample(new URL("../README.md", import.meta.url), { archive, source });
 */
export async function runReadmeExample(
  readme: URL,
  names: Readonly<Record<string, unknown>>,
  containing = "",
): Promise<void> {
  const text = await readFile(readme, "utf8");
  const blocks = [...text.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
  const block = blocks.find((code) => code.includes(containing));
  if (block === undefined) throw new Error(`There is no such js block in ${readme.pathname}.`);
  const code = block.replaceAll(/^import [^;]*;$/gm, "");
  await new AsyncFunction(...Object.keys(names), code)(...Object.values(names));
}

const AsyncFunction: new (...parts: string[]) => (...values: unknown[]) => Promise<void> =
  Object.getPrototypeOf(async () => {}).constructor;
