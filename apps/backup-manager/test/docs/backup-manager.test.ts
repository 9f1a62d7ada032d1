import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { EXAMPLES } from "./examples.ts";

const page = await readFile(new URL("../../../../docs/backup-manager.md", import.meta.url), "utf8");

test.each(Object.keys(EXAMPLES))("docs/backup-manager.md shows what %s prints", (command) => {
  expect(page).toContain(`\n${EXAMPLES[command]}\`\`\``);
});
