import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseLegacyKey, legacyPrefix } from "../../src/legacy/legacy-key.ts";

test.each([
  ["gandalf.7.tar.COMPLETE", { kind: "complete", host: "gandalf", number: 7 }],
  ["gandalf.7.tar", chunk("gandalf", 7, 0, false, false)],
  ["gandalf.7.tar.gpg", chunk("gandalf", 7, 0, false, true)],
  ["gandalf.7.tar.ab", chunk("gandalf", 7, 1, true, false)],
  ["gandalf.7.tar.ab.gpg", chunk("gandalf", 7, 1, true, true)],
  ["gandalf.7.tar.zaaa.gpg", chunk("gandalf", 7, 650, true, true)],
  ["web.example.com.7.tar.aa", chunk("web.example.com", 7, 0, true, false)],
  ["192.168.1.20.105.tar.aa", chunk("192.168.1.20", 105, 0, true, false)],
  ["odd.7.tar.aa.8.tar.ac", chunk("odd.7.tar.aa", 8, 2, true, false)],
])("%s is taken apart", (key, parsed) => expect(parseLegacyKey(key)).toEqual(parsed));

describe("unknown keys", () => {
  test.each([
    "",
    "gandalf",
    "gandalf.tar.aa",
    ".7.tar.aa",
    "gandalf.07.tar.aa",
    "gandalf.-7.tar.aa",
    "gandalf.7.tar.a",
    "gandalf.7.tar.aaa",
    "gandalf.7.tar.aa.gpg.gpg",
    "gandalf.7.tar.COMPLETE.gpg",
    "gandalf.7.tar.aa.sig",
    "gandalf.99999999999999999999.tar.aa",
    "folder/gandalf.7.tar.aa",
    "gandalf.7.tar.00000001.gz.gpg",
  ])("%j is none of the Python program's", (key) => {
    expect(parseLegacyKey(key)?.kind).toBeUndefined();
  });

  test("never crash, and no key is taken for another backup's", () => {
    const anyKey = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string().map((tail) => `gandalf.7.tar${tail}`),
      fc.stringMatching(/^[a-c.7]{1,12}\.tar(\.[a-z]{2})?(\.gpg)?$/),
    );
    fc.assert(
      fc.property(anyKey, (key) => {
        const { host = "", number = 0 } = parseLegacyKey(key) ?? {};
        expect(host === "" || key.startsWith(legacyPrefix({ host, number }))).toBe(true);
      }),
    );
  });
});

function chunk(
  host: string,
  number: number,
  position: number,
  split: boolean,
  encrypted: boolean,
): object {
  return { kind: "chunk", host, number, position, split, encrypted };
}
