import { describe, expect, test } from "vitest";
import { CutError, type CutOptions, cutTar } from "../src/index.ts";
import { KEY, MEAN } from "./cut.ts";
import { inPieces } from "./in-pieces.ts";

/** What a program without types may give. */
function given(options: object): CutOptions {
  return { key: KEY, mean: MEAN, ...options };
}

describe("An option is refused:", () => {
  test.each<[string, object]>([
    ["a mean that is no number", { mean: Number.NaN }],
    ["a mean of 0", { mean: 0 }],
    ["a mean with a fraction", { mean: 65_536.5 }],
    ["a mean of 1.5", { mean: 1.5 }],
    ["a mean as text", { mean: "8388608" }],
    ["a mean of a byte too few", { mean: 65_535 }],
    ["a mean beyond 32 MiB", { mean: 33_554_433 }],
    ["no mean", { mean: undefined }],
    ["a key that is too short", { key: new Uint8Array(31) }],
    ["a key that is too long", { key: new Uint8Array(33) }],
    ["a key as text", { key: "k".repeat(32) }],
    ["a bound of 0", { most: 0 }],
    ["a bound that is no number", { most: Number.NaN }],
    ["a bound without end", { most: Number.POSITIVE_INFINITY }],
    ["a bound as text", { most: "100000" }],
    ["memory in place of allocate", { allocate: new Uint8Array(1) }],
    ["a list in place of onMember", { onMember: [] }],
    ["a controller in place of its signal", { signal: new AbortController() }],
  ])("%s", (_, options) => {
    expect(() => cutTar(inPieces(new Uint8Array(1)), given(options))).toThrow(
      expect.objectContaining({ name: "CutError", code: "invalid-input" }),
    );
  });
});

test.each([Buffer.from("tar"), "tar", undefined, null, [Buffer.from("tar")], 5])(
  "A source that is no stream is refused: %j",
  (source) => {
    expect(() => Reflect.apply(cutTar, undefined, [source, given({})])).toThrow(CutError);
  },
);

test.each(["text", null, undefined, 5, new ArrayBuffer(3), [1, 2]])(
  "A piece that is not made of bytes is refused: %j",
  async (piece) => {
    const source = (async function* () {
      yield piece;
    })();
    const { chunks } = Reflect.apply(cutTar, undefined, [source, given({})]);
    const first = chunks[Symbol.asyncIterator]().next();
    await expect(first).rejects.toMatchObject({ code: "invalid-input" });
  },
);
