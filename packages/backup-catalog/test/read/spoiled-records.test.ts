import { expect, test } from "vitest";
import { readSpoiledRecords } from "./spoiled-records.ts";

test("heads and manifests that were changed in any way are refused, or not verified", async () => {
  expect(await readSpoiledRecords(200)).toBe(200);
});
