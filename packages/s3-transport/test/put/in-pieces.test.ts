import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { inPieces } from "../../src/put/in-pieces.ts";

test.each([[[]], [[0]], [[1, 262_144, 262_145]], [[1_000_000, 5]]])(
  "Blocks of %j bytes stay what they are, in pieces of 256 KiB at most",
  async (lengths) => {
    const blocks = lengths.map((length) => randomBytes(length));
    const pieces: Uint8Array[] = [];
    for await (const piece of inPieces(each(blocks))) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(Buffer.concat(blocks))).toBe(true);
    expect(Math.max(0, ...pieces.map(({ length }) => length))).toBeLessThan(262_145);
  },
);

async function* each(blocks: readonly Buffer[]): AsyncGenerator<Uint8Array> {
  yield* blocks;
}
