import { expect, test } from "vitest";
import {
  backupPcPackages,
  cephRgwPackages,
  packagingPackages,
  restorePackages,
} from "../../src/debian/debian-packages.ts";

test("Each Debian package is listed once, with its reason.", () => {
  const all = [...cephRgwPackages, ...backupPcPackages, ...restorePackages, ...packagingPackages];
  const names = all.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { reason } of all) expect(reason).not.toBe("");
});
