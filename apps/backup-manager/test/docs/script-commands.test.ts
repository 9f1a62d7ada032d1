// The commands of the documentation that write a restore script.
import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const ROOT = new URL("../../../../", import.meta.url);
const docs = (await readdir(new URL("docs/", ROOT))).filter((name) => name.endsWith(".md"));
const pages = ["README.md", ...docs.map((name) => `docs/${name}`)];

test("each of them can be typed at a terminal, which gets no script", async () => {
  const commands: string[] = [];
  for (const page of pages)
    for (const line of (await readFile(new URL(page, ROOT), "utf8")).split("\n"))
      commands.push(...(line.match(COMMAND)?.map((command) => `${page}: ${command}`) ?? []));
  expect(commands.length).toBeGreaterThan(10);
  expect(commands.filter((command) => !WRITES.test(command))).toEqual([]);
});

/** Up to the end of the line, or of what is in backquotes or quotes. */
const COMMAND = /backup-manager(?:\.mjs)?(?: --config \S+)? script -[^`'\n]*/g;
/** Into a file or a folder. */
const WRITES = / -f | > | --directory | --all /;

test("the one of docs/getting-started.md works for a week, as the page says", async () => {
  const page = await readFile(new URL("docs/getting-started.md", ROOT), "utf8");
  expect(page).toContain("for a week");
  expect(page).toMatch(/backup-manager script -H gandalf --expire 7d -f /);
});
