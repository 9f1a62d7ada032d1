import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseChunks } from "../../src/verify/choose-chunks.ts";

test("as many as asked for, rounded up, each once and in their order", () => {
  const chunks = fc.array(fc.integer(), { maxLength: 200 }).map((all) => [...all.keys()]);
  fc.assert(
    fc.property(
      chunks,
      fc.integer({ min: 1, max: 100 }),
      fc.infiniteStream(chance),
      (all, percent, draws) => {
        const chosen = chooseChunks(all, percent, () => draws.next().value ?? 0);
        expect(chosen).toHaveLength(Math.ceil((all.length * percent) / 100));
        expect(chosen).toEqual([...new Set(chosen)].toSorted((a, b) => a - b));
      },
    ),
  );
});

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("all of them at 100", () => {
  expect(chooseChunks([1, 2, 3], 100)).toEqual([1, 2, 3]);
});
