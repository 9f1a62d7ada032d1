import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { expect, test } from "vitest";
import { jsonPage } from "./json-page.ts";

const PAGE = fileURLToPath(new URL("../../../../docs/json.md", import.meta.url));

test("docs/json.md tells every field of every command's JSON", async () => {
  const page = await format(await jsonPage(), { parser: "markdown", printWidth: 100 });
  await expect(page).toMatchFileSnapshot(PAGE);
});
