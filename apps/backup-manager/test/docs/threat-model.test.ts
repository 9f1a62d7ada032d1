// Each attack that docs/threat-model.md lists is one that a test tries.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const ROOT = new URL("../../../../", import.meta.url);
const page = await readFile(new URL("docs/threat-model.md", ROOT), "utf8");
const [, attacks = ""] = page.split("<!-- attacks -->");
const rows = [...attacks.matchAll(/\| `(?<file>[^`]+)`: (?<title>.+?) +\|$/gm)].map(
  ({ groups = {} }) => [groups["title"] ?? "", groups["file"] ?? ""] as const,
);

test("each row of the table names a test", () => {
  const lines = attacks.split("\n").filter((line) => line.startsWith("|"));
  // A head, and the line below it.
  expect(rows).toHaveLength(lines.length - 2);
});

test.each(rows)("docs/threat-model.md names a test that exists: %s", async (title, file) => {
  const source = await readFile(new URL(file, ROOT), "utf8");
  expect(source.replaceAll(/\s+/g, " ")).toContain(title);
});
