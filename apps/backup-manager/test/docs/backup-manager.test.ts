import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { EXAMPLES } from "./examples.ts";

const page = await readFile(new URL("../../../../docs/backup-manager.md", import.meta.url), "utf8");

test.each(Object.keys(EXAMPLES))("docs/backup-manager.md shows what %s prints", (command) => {
  expect(page).toContain(`\n${EXAMPLES[command]}\`\`\``);
});

test("docs/backup-manager.md has no paragraph twice", () => {
  const paragraphs = page.split(/\n{2,}/).map((text) => text.trim());
  const again = paragraphs.filter((text, at) => paragraphs.indexOf(text) !== at);
  expect(again).toEqual([]);
});
