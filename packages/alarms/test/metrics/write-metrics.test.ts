import { expect, test } from "vitest";
import { writeMetrics } from "../../src/index.ts";

test("Where no file is named, nothing is written", async () => {
  const change = (): never => {
    throw new Error("not asked");
  };
  expect(await writeMetrics(undefined, change)).toBeUndefined();
});

test("Why the file cannot be written is a line, and no error", async () => {
  expect(await writeMetrics("/nowhere/x.prom", () => [])).toMatch(
    /^metricsFile can't be written: ENOENT/,
  );
});
