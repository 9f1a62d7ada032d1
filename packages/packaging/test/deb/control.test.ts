import { describe, expect, test } from "vitest";
import { controlOf, debianChangelog, debianVersion } from "../../src/deb/control.ts";
import { PLAIN, standaloneOn } from "../../src/deb/package-kind.ts";

const ABOUT = {
  version: "1.0.0",
  maintainer: "Some One <one@example.net>",
  homepage: "https://example.net/",
  installedSize: 1234,
};

describe("controlOf", () => {
  test("names what the package for all architectures needs", () => {
    const text = controlOf({ ...ABOUT, kind: PLAIN });
    expect(text).toContain("Package: backuppc-archive-s3\nVersion: 1.0.0\nArchitecture: all\n");
    expect(text).toContain("\nDepends: nodejs (>= 20.19), gpg, util-linux");
    expect(text).toContain("\nRecommends: backuppc, isal\n");
    expect(text).toContain("\nConflicts: backuppc-archive-s3-standalone\n");
  });

  test("lets the standalone package stand for the other one, and need no nodejs", () => {
    const text = controlOf({ ...ABOUT, kind: standaloneOn("x64", "1.0.0") });
    expect(text).toContain("Package: backuppc-archive-s3-standalone\n");
    expect(text).toContain("\nArchitecture: amd64\n");
    expect(text).toContain("\nProvides: backuppc-archive-s3 (= 1.0.0)\n");
    expect(text).not.toMatch(/^Depends:.*nodejs/m);
    expect(() => standaloneOn("mips", "1.0.0")).toThrow(/architecture mips/);
  });

  test("describes in lines that fit, each one part of the description", () => {
    const [, description = ""] = controlOf({ ...ABOUT, kind: PLAIN }).split("Description: ");
    const [summary = "", ...lines] = description.trimEnd().split("\n");
    expect(summary).toMatch(/^[a-z].{20,70}[^.]$/);
    for (const line of lines) expect(line).toMatch(/^ (\.|\S.{0,78})$/);
  });
});

test("A version before a release sorts before it", () => {
  expect(debianVersion("1.0.0-rc.1")).toBe("1.0.0~rc.1");
  expect(debianVersion("1.0.0")).toBe("1.0.0");
});

test("The changelog has the form that dpkg-parsechangelog reads", () => {
  expect(debianChangelog(PLAIN, { ...ABOUT, date: 1_795_000_000 })).toBe(
    `backuppc-archive-s3 (1.0.0) unstable; urgency=medium

  * Version 1.0.0: see CHANGELOG.md.gz.

 -- Some One <one@example.net>  Wed, 18 Nov 2026 11:06:40 +0000
`,
  );
});
