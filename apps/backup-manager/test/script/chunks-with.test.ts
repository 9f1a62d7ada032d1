import fc from "fast-check";
import { expect, test } from "vitest";
import { chunksWith } from "../../src/script/chunks-with.ts";

test("The chunks with a member are those that have a byte of it", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(lengths, fc.nat(), fc.nat(), (sizes, start, more) => {
      const chunks = chunksOf(sizes);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const offset = start % total;
      const length = 1 + (more % (total - offset));
      const having = chunks.flatMap(({ tarOffset, tarLength }, at) =>
        tarOffset < offset + length && tarOffset + tarLength > offset ? [at] : [],
      );
      expect([...chunksWith([{ offset, length }], chunks)]).toEqual(having);
    }),
  );
});

function chunksOf(sizes: readonly number[]): Parameters<typeof chunksWith>[1] {
  let tarOffset = 0;
  return sizes.map((tarLength) => {
    const chunk = { name: "", tarOffset, tarLength, storedLength: 1, sha256: "" };
    tarOffset += tarLength;
    return chunk;
  });
}
