import { expect, test } from "vitest";
import { PROVIDERS } from "../src/index.ts";

test("Every quirk of every provider has its reason", () => {
  for (const { reasons, ...quirks } of Object.values(PROVIDERS)) {
    expect(Object.keys(reasons)).toEqual(Object.keys(quirks));
    expect(Object.values(reasons)).not.toContain("");
  }
});
