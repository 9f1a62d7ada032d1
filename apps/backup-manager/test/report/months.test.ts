import { expect, test } from "vitest";
import { months } from "../../src/report/months.ts";
import { priceOf } from "../../src/report/price.ts";

const at = (time: string, length: number) => ({ modifiedMs: Date.parse(time), length });
const NOW = new Date("2026-11-22T00:00:00Z");

test("Each month has what was uploaded in it, what that adds up to, and what it costs", () => {
  const chunks = [
    at("2026-09-30T23:59:59Z", 2e9),
    at("2026-11-01T00:00:00Z", 1e9),
    at("2026-09-01T00:00:00Z", 1e9),
  ];
  expect(months(chunks, NOW, 0.5)).toEqual([
    { month: "2026-09", uploadedBytes: 3e9, storedBytes: 3e9, cost: 1.5 },
    { month: "2026-10", uploadedBytes: 0, storedBytes: 3e9, cost: 1.5 },
    { month: "2026-11", uploadedBytes: 1e9, storedBytes: 4e9, cost: 2 },
  ]);
});

test("Without chunks there is no month, and without a price no cost", () => {
  expect(months([], NOW, 0.5)).toEqual([]);
  expect(months([at("2026-11-01T00:00:00Z", 1)], NOW, undefined)).toMatchObject([{ cost: null }]);
});

test("The configuration's price goes before the table's, which has a source and a date", () => {
  const aws = {
    prices: undefined,
    provider: undefined,
    endpoint: undefined,
    storageClass: undefined,
  };
  expect(priceOf(aws)).toMatchObject({ perGB: 0.023, currency: "USD", date: "2025-09" });
  const prices = { perGB: 0.01, currency: "EUR" };
  expect(priceOf({ ...aws, prices })).toEqual({
    ...prices,
    source: "the configuration",
    date: null,
  });
  expect(priceOf({ ...aws, provider: "ceph" })).toBeNull();
  expect(priceOf({ ...aws, storageClass: "UNKNOWN" })).toBeNull();
});
