import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatMetrics, parseMetrics } from "../../src/index.ts";
import { isMetric } from "../../src/metrics/format-metrics.ts";
import { METRICS } from "../../src/metrics/sample.ts";

const NAMES = Object.keys(METRICS).filter(isMetric);

const samples = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(...NAMES),
    labels: fc.record({ host: fc.string({ unit: "grapheme" }) }),
    value: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
  }),
  { selector: ({ name, labels }) => `${name} ${labels.host}` },
);

test("reads what formatMetrics writes, whatever a host is called", () => {
  fc.assert(
    fc.property(samples, (some) => {
      const read = parseMetrics(formatMetrics(some));
      expect(read).toHaveLength(some.length);
      for (const { value, ...sample } of some)
        // -0 is written as 0.
        expect(read).toContainEqual({ ...sample, value: value + 0 });
    }),
  );
});

test("writes a metric's help and type once, and its samples below them", () => {
  const name = "backuppc_archive_overdue";
  const text = formatMetrics([
    { name, labels: { host: "witte" }, value: 1 },
    { name, labels: { host: 'a "b"\\\n' }, value: 0 },
  ]);
  expect(text).toBe(`# HELP ${name} ${METRICS[name]}
# TYPE ${name} gauge
${name}{host="a \\"b\\"\\\\\\n"} 0
${name}{host="witte"} 1
`);
});

test("reads a name with all that is escaped, and a sample that has no labels", () => {
  const name = "backuppc_archive_overdue";
  const odd = [
    { name, labels: { host: 'a "b"\\\nc\\n' }, value: 0 },
    { name, labels: {}, value: 1 },
  ] as const;
  const text = formatMetrics(odd);
  expect(text).toContain(`${name} 1\n`);
  expect(parseMetrics(text)).toEqual(expect.arrayContaining([...odd]));
});

describe("leaves out", () => {
  test.each([
    "# HELP backuppc_archive_overdue x",
    'other_metric{host="a"} 1',
    'backuppc_archive_overdue{host="a"} NaN',
    'backuppc_archive_overdue{host="a} 1',
    "backuppc_archive_overdue",
  ])("%j", (line) => {
    expect(parseMetrics(line)).toEqual([]);
  });
});
