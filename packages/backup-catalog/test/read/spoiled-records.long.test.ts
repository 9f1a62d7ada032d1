import { expect, test } from "vitest";
import { readSpoiledRecords } from "./spoiled-records.ts";

test("heads and manifests that were changed in 100,000 ways are refused, or not verified", async () => {
  expect(await readSpoiledRecords(100_000)).toBe(100_000);
});
