import { expect, test } from "vitest";
import { globTest } from "../../src/find/glob.ts";

test.each([
  ["fstab", "etc/fstab", true],
  ["fstab", "etc/fstab.old", false],
  ["*.conf", "etc/ssh/a.conf", true],
  ["etc/*.conf", "etc/ssh/a.conf", false],
  ["etc/**/*.conf", "etc/ssh/deep/a.conf", true],
  ["etc/**/*.conf", "etc/a.conf", true],
  ["/etc/fstab", "etc/fstab", true],
  ["./etc/fstab", "etc/fstab", true],
  ["/fstab", "etc/fstab", false],
  ["fsta?", "etc/fstab", true],
  ["etc?fstab", "etc/fstab", false],
  ["[a-f]stab", "etc/fstab", true],
  ["[!a-f]stab", "etc/fstab", false],
  ["[]x]stab", "etc/]stab", true],
  ["a[b", "a[b", true],
  [String.raw`\*`, "etc/*", true],
  [String.raw`\*`, "etc/a", false],
  ["a.b", "axb", false],
  ["*rc", "home/.bashrc", true],
  ["{a,b}", "{a,b}", true],
  ["{a,b}", "a", false],
  ["!a", "!a", true],
  ["(a|b)+$", "(a|b)+$", true],
  ["notes*", "home/notes\nof monday", true],
])("%j against %j: %s", (pattern, name, expected) => {
  expect(globTest(pattern)(name)).toBe(expected);
});
