import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { piecesOf } from "../../src/put/pieces-of.ts";

test.each([0, 1, 262_144, 262_145, 1_000_000])(
  "A body of %i bytes stays what it is, in pieces of 256 KiB at most",
  async (length) => {
    const bytes = randomBytes(length);
    const pieces: Uint8Array[] = [];
    for await (const piece of piecesOf(bytes, {})) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
    expect(pieces.map((piece) => piece.length).every((each) => each <= 262_144)).toBe(true);
  },
);

test("A piece is as long as the pace lets it be, and the rest is asked for again", async () => {
  const bytes = randomBytes(25);
  const asked: number[] = [];
  const pace = async (wanted: number): Promise<number> => {
    asked.push(wanted);
    return Math.min(wanted, 10);
  };
  expect(await buffer(piecesOf(bytes, { pace }))).toEqual(bytes);
  expect(asked).toEqual([25, 15, 5]);
});

test("No piece is given once the signal has stopped it, and none is copied", async () => {
  const controller = new AbortController();
  const bytes = randomBytes(1_000_000);
  const pieces = piecesOf(bytes, { signal: controller.signal });
  const { value } = await pieces.next();
  expect(value?.buffer).toBe(bytes.buffer);
  controller.abort(new Error("cancelled"));
  await expect(pieces.next()).rejects.toThrow("cancelled");
});

test.each([0, -1, 1.5, NaN, 26, Infinity])(
  "A pace of %d of 25 bytes is refused, and makes no empty body",
  async (length) => {
    const pieces = buffer(piecesOf(randomBytes(25), { pace: () => length }));
    await expect(pieces).rejects.toMatchObject({ code: "invalid-input" });
  },
);
