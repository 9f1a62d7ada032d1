import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { PROVIDERS } from "../src/index.ts";

test("Every quirk of every provider has its reason", () => {
  for (const { reasons, ...quirks } of Object.values(PROVIDERS)) {
    expect(Object.keys(reasons)).toEqual(Object.keys(quirks));
    expect(Object.values(reasons)).not.toContain("");
  }
});

test("docs/stores.md tells each provider's quirks as they are", async () => {
  const page = await readFile(new URL("../../../docs/stores.md", import.meta.url), "utf8");
  const rows = page.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const told = Object.fromEntries(rows.map(([, name = "", ...cells]) => [name, cells.slice(0, 5)]));
  const word = (quirk: boolean | string): string =>
    typeof quirk === "string" ? quirk : quirk ? "yes" : "no";
  for (const [name, quirks] of Object.entries(PROVIDERS)) {
    const { forcePathStyle, conditionalPut, checksum, etag, askFirst } = quirks;
    expect(told[`\`${name}\``]).toEqual(
      [forcePathStyle, conditionalPut, checksum, etag, askFirst].map(word),
    );
  }
});
