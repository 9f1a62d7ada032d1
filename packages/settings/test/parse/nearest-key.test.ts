import fc from "fast-check";
import { expect, test } from "vitest";
import { nearestKey } from "../../src/parse/nearest-key.ts";

const KNOWN = ["bucket", "passphrase", "passphraseFile", "chunkSize"];

test.each([
  ["buket", "bucket"],
  ["BUCKET", "bucket"],
  ["chunk_size", "chunkSize"],
  ["passphrasefile", "passphraseFile"],
  ["retention", undefined],
  ["", undefined],
])("The nearest to %j is %j", (key, nearest) => {
  expect(nearestKey(key, KNOWN)).toBe(nearest);
});

test("A known key with one letter too many is always found", () => {
  fc.assert(
    fc.property(fc.constantFrom(...KNOWN), fc.nat(5), (key, at) => {
      expect(nearestKey(`${key.slice(0, at)}x${key.slice(at)}`, KNOWN)).toBe(key);
    }),
  );
});
