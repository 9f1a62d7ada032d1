import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

// Every start of a program reads all of it: zod imported as the object `z` made it a third longer, and a start 15 ms.
test.each(["archive-host", "backup-manager"])(
  "the bundle of %s holds what is used of zod, not its fifty languages",
  async (app) => {
    const bundle = new URL(`../../${app}/dist/${app}.mjs`, import.meta.url);
    const text = await readFile(bundle, "utf8");
    expect(text).toContain("Invalid input");
    expect(text).not.toContain("Ongeldige invoer");
  },
);
