import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleChunks } from "../../src/index.ts";

test("a sample has as many as asked for, rounded up, in order and each once, whatever chance says", () => {
  const anyChance = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
    minLength: 1,
  });
  fc.assert(
    fc.property(
      fc.nat(200),
      fc.integer({ min: 1, max: 100 }),
      anyChance,
      (length, percent, chances) => {
        const chunks = Array.from({ length }, (_, index) => index);
        let at = 0;
        const sample = sampleChunks(chunks, percent, () => chances[at++ % chances.length] ?? 0);
        expect(sample).toHaveLength(Math.ceil((length * percent) / 100));
        expect(sample).toEqual([...new Set(sample)].toSorted((one, other) => one - other));
      },
    ),
  );
});

test("every chunk has its turn", () => {
  const chunks = Array.from({ length: 20 }, (_, index) => index);
  const seen = new Set<number>();
  for (let night = 0; night < 1000; night++)
    for (const chunk of sampleChunks(chunks, 5)) seen.add(chunk);
  expect(seen.size).toBe(20);
});

test.each([0, -5, 101, NaN])(
  "a sample of %d percent is refused: it would find nothing wrong",
  (percent) => {
    expect(() => sampleChunks([1, 2, 3], percent)).toThrow(
      expect.objectContaining({ code: "invalid-input" }),
    );
  },
);
