import { expect, test } from "vitest";
import { MemberHash } from "../../src/cuts/member-hash.ts";

const PATH = Buffer.from("./etc/passwd");
const hash = new MemberHash(new Uint8Array(32).fill(1));

test("The hash of a member is the same for the same key, path and size, and differs otherwise", () => {
  const value = hash.of(PATH, 5);
  expect(hash.of(Buffer.alloc(100_000, "long"), 5)).not.toBe(value);
  expect(hash.of(PATH, 5)).toBe(value);
  expect(hash.of(PATH, 6)).not.toBe(value);
  expect(hash.of(PATH, 5 + 2 ** 40)).not.toBe(value);
  expect(hash.of(Buffer.from("./etc/passwe"), 5)).not.toBe(value);
  expect(new MemberHash(new Uint8Array(32).fill(2)).of(PATH, 5)).not.toBe(value);
});

test("Hashes are spread evenly from 0 to 1", () => {
  const values = Array.from({ length: 10_000 }, (_, size) => hash.of(PATH, size));
  for (const limit of [0.01, 0.1, 0.5, 0.9]) {
    const part = values.filter((value) => value < limit).length / values.length;
    expect(Math.abs(part - limit)).toBeLessThan(0.02);
  }
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
});
