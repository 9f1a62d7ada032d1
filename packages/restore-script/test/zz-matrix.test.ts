import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Choice, MATRIX, type MatrixBench, setUpMatrix } from "./matrix.ts";

let matrix: MatrixBench;

beforeAll(async () => {
  matrix = await setUpMatrix();
});
afterAll(async () => {
  await matrix.tearDown();
});

/** A sample of the matrix, which matrix.long.test.ts runs as a whole. */
const sample: Choice[] = fc.sample(
  fc.record({
    shell: fc.constantFrom(...MATRIX.shell),
    downloader: fc.constantFrom(...MATRIX.downloader),
    tar: fc.constantFrom(...MATRIX.tar),
    compression: fc.constantFrom(...MATRIX.compression),
    encryption: fc.constantFrom(...MATRIX.encryption),
  }),
  { seed: 20_261_124, numRuns: 32 },
);

test("the sample has each part of the matrix at least once", () => {
  const chosen = new Set(sample.flatMap((choice) => Object.entries(choice).map(String)));
  const all = Object.entries(MATRIX).flatMap(([part, ways]) => ways.map((way) => `${part},${way}`));
  expect(all.filter((way) => !chosen.has(way))).toEqual([]);
});

test.each(sample)(
  "$shell, $downloader and $tar restore what $compression compressed for $encryption",
  async (choice) => {
    expect.hasAssertions();
    await matrix.restores(choice);
  },
);
