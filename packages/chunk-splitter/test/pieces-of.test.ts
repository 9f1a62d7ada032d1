import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { cutTar } from "../src/index.ts";
import { member } from "./build-tar.ts";
import { KEY, MEAN } from "./cut.ts";
import { inPieces } from "./in-pieces.ts";
import { noise } from "./trees.ts";

const OPTIONS = { key: KEY, mean: MEAN };
const never = new Promise<never>(() => {});

async function readAll(chunks: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of chunks) count += 1;
  return count;
}

describe("The source", () => {
  test("is closed when the chunks are left", async () => {
    let closed = false;
    const source = (async function* () {
      try {
        for (let seed = 0; ; seed++) yield noise(MEAN, seed);
      } finally {
        closed = true;
      }
    })();
    for await (const _ of cutTar(source, OPTIONS).chunks) break;
    expect(closed).toBe(true);
  });

  test("that fails makes the chunks fail with its error", async () => {
    const failure = new Error("The disk is gone.");
    const source = (async function* () {
      yield noise(10 * MEAN, 1);
      throw failure;
    })();
    await expect(readAll(cutTar(source, OPTIONS).chunks)).rejects.toBe(failure);
  });

  test("may have pieces without bytes", async () => {
    const source = (async function* () {
      yield new Uint8Array(0);
      yield noise(100, 1);
      yield new Uint8Array(0);
    })();
    expect(await readAll(cutTar(source, OPTIONS).chunks)).toBe(1);
  });
});

test("An error of onMember is thrown by the chunks", async () => {
  const failure = new Error("The list is full.");
  const onMember = (): never => {
    throw failure;
  };
  const { chunks } = cutTar(inPieces(noise(100, 1)), { ...OPTIONS, onMember });
  expect(await readAll(chunks)).toBe(1);
  const tar = member({ path: "a" }, "b");
  await expect(readAll(cutTar(inPieces(tar), { ...OPTIONS, onMember }).chunks)).rejects.toBe(
    failure,
  );
});

describe("An abort", () => {
  const reason = new Error("Enough.");

  test("before the first byte reads nothing", async () => {
    const source = {
      [Symbol.asyncIterator]: () => ({ next: (): never => expect.fail("It was read.") }),
    };
    const signal = AbortSignal.abort(reason);
    await expect(readAll(cutTar(source, { ...OPTIONS, signal }).chunks)).rejects.toBe(reason);
  });

  test("is noticed while the source says nothing", async () => {
    const source = (async function* () {
      yield noise(10, 1);
      await never;
    })();
    const controller = new AbortController();
    const { signal } = controller;
    const reading = readAll(cutTar(source, { ...OPTIONS, signal }).chunks);
    setImmediate(() => controller.abort(reason));
    await expect(reading).rejects.toBe(reason);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("is noticed while allocate waits", async () => {
    const controller = new AbortController();
    const allocate = async (): Promise<Uint8Array> => await never;
    const options = { ...OPTIONS, allocate, signal: controller.signal };
    const reading = readAll(cutTar(inPieces(noise(10, 1)), options).chunks);
    setImmediate(() => controller.abort(reason));
    await expect(reading).rejects.toBe(reason);
  });

  test("is noticed between chunks, and leaves one listener however many pieces come", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const { chunks } = cutTar(inPieces(noise(5_000_000, 1), [1000]), { ...OPTIONS, signal });
    const reading = (async () => {
      for await (const { offset } of chunks) {
        expect(getEventListeners(signal, "abort")).toHaveLength(1);
        if (offset > 1_000_000) controller.abort(reason);
        expect(offset).toBeLessThan(1_500_000);
      }
    })();
    await expect(reading).rejects.toBe(reason);
  });
});
