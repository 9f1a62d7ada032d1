import { describeSettings } from "@backuppc-archive-s3/settings";
import { format } from "prettier";
import { expect, test } from "vitest";
import { configurationMarkdown, configurationPage } from "../../src/manual/configuration-pages.ts";
import { roffOf } from "../../src/manual/roff.ts";
import { ROOT } from "../deb/repository.ts";

test("docs/man/backuppc-archive-s3.toml.5 has every key of the configuration (vitest -u writes it anew)", async () => {
  const page = roffOf(configurationPage(describeSettings()));
  await expect(page).toMatchFileSnapshot(`${ROOT}/docs/man/backuppc-archive-s3.toml.5`);
});

test("docs/config.md has every key of the configuration", async () => {
  const page = configurationMarkdown(describeSettings());
  const formatted = await format(page, { parser: "markdown", printWidth: 100 });
  await expect(formatted).toMatchFileSnapshot(`${ROOT}/docs/config.md`);
});
