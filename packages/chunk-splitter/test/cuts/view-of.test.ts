import { expect, test } from "vitest";
import { viewOf } from "../../src/cuts/view-of.ts";

test("What stands around the bytes in their memory is not theirs", () => {
  const bytes = Uint8Array.of(1, 2, 3, 4).subarray(1, 3);
  const view = viewOf(bytes);
  expect([view.getUint8(0), view.getUint8(1)]).toEqual([2, 3]);
  expect(() => view.getUint8(2)).toThrow(RangeError);
});
