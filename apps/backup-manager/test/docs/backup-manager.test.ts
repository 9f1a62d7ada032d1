import { readFile } from "node:fs/promises";
import { expect, test, vi } from "vitest";

// Before anything is loaded that formats a time.
vi.hoisted(() => {
  process.env["TZ"] = "UTC";
});
const { EXAMPLES } = await import("./examples.ts");
const page = await readFile(new URL("../../../../docs/backup-manager.md", import.meta.url), "utf8");

test.each(Object.keys(EXAMPLES))("docs/backup-manager.md shows what %s prints", (command) => {
  expect(page).toContain(`\n${EXAMPLES[command]}\`\`\``);
});
