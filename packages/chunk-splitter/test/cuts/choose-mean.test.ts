import { expect, test } from "vitest";
import { chooseMean } from "../../src/index.ts";

const GIB = 2 ** 30;
const MIB = 2 ** 20;

test.each([
  [0, 2],
  [32 * GIB, 2],
  [32 * GIB + 1, 4],
  [64 * GIB, 4],
  [128 * GIB, 8],
  [256 * GIB, 16],
  [512 * GIB, 32],
  [50_000 * GIB, 32],
  [undefined, 8],
])("A backup of %s bytes is cut into chunks of %i MiB on average", (bytes, mean) => {
  expect(chooseMean(bytes)).toBe(mean * MIB);
});

test.each([Number.NaN, -1, "5", null])("A size of %j is refused", (bytes) => {
  const choose = (): unknown => Reflect.apply(chooseMean, undefined, [bytes]);
  expect(choose).toThrow(expect.objectContaining({ code: "invalid-input" }));
});
