import { expect, test } from "vitest";
import { allPackages } from "../../src/debian/debian-packages.ts";

test("Each Debian package is listed once, with its reason.", () => {
  const names = allPackages.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { reason } of allPackages) expect(reason).not.toBe("");
});
