import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decompressorOf, RestoreScriptError } from "../src/index.ts";

describe("The program that decompresses", () => {
  test.each([
    ["gzip", ".gz", "gzip"],
    ["/usr/bin/pigz", ".z", "gzip"],
    ["igzip", ".gz", "gzip"],
    ["lbzip2", ".bz2", "bzip2"],
    ["xz", ".xz", "xz"],
    ["zstd", ".zst", "zstd"],
    ["lz4", ".lz4", "lz4"],
    // Whoever compressed it, the suffix says what it is.
    ["perl", ".gz", "gzip"],
  ])("for %s with the suffix %s is %s", (name, suffix, program) => {
    expect(decompressorOf({ name, suffix })).toBe(program);
  });

  test("is none without compression", () => {
    expect(decompressorOf({ name: "none", suffix: "" })).toBeUndefined();
  });

  test("may be one that the configuration allows, and no other", () => {
    const own = { name: "/srv/bin/own-filter", suffix: ".own" };
    expect(decompressorOf(own, ["/opt/own-filter"])).toBe("own-filter");
    expect(() => decompressorOf(own)).toThrow(RestoreScriptError);
    expect(() => decompressorOf(own, ["/opt/other"])).toThrow(/neither known nor allowed/);
  });

  test.each(["perl", "sh -c id", "-rf", "", "constructor", "__proto__"])(
    "is not %j, which the store may say",
    (name) => {
      expect(() => decompressorOf({ name, suffix: ".x" })).toThrow(RestoreScriptError);
    },
  );

  test("is one that is known or allowed, whatever an archive calls its compression", () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom("perl", "sh", "gzip", "/bin/sh", "own", "../own", ".gz", ".xz"),
    );
    const known = ["refused", undefined, "gzip", "bzip2", "xz", "zstd", "lz4", "own"];
    fc.assert(
      fc.property(word, word, (name, suffix) => {
        expect(known).toContain(namedBy(name, suffix));
      }),
    );
  });
});

function namedBy(name: string, suffix: string): string | undefined {
  try {
    return decompressorOf({ name, suffix }, ["/opt/own"]);
  } catch {
    return "refused";
  }
}
