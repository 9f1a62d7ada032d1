import { describe, expect, test } from "vitest";
import { cutTar } from "../src/index.ts";
import { KEY, MEAN } from "./cut.ts";
import { inPieces } from "./in-pieces.ts";
import { noise, tarOf } from "./trees.ts";

const FILES = Array.from({ length: 300 }, (_, index) => ({
  path: `${index}`,
  size: index === 150 ? 300_000 : 2500,
  seed: index,
}));
const TAR = tarOf(FILES);

describe("allocate", () => {
  test("is called once a chunk, for the longest, after the chunk before was handed out", async () => {
    const events: string[] = [];
    const allocate = (length: number): Uint8Array => {
      events.push(`allocate ${length}`);
      return new Uint8Array(length + 5);
    };
    const { chunks } = cutTar(inPieces(TAR), { key: KEY, mean: MEAN, allocate });
    for await (const _ of chunks) events.push("chunk");
    expect(events.length).toBeGreaterThan(20);
    for (const [index, event] of events.entries()) {
      expect(event).toBe(index % 2 === 0 ? `allocate ${2 * MEAN}` : "chunk");
    }
  });

  test("is not called for a stream of no bytes", async () => {
    const allocate = (): never => {
      throw new Error("It was called.");
    };
    const source = inPieces(new Uint8Array(0));
    for await (const _ of cutTar(source, { key: KEY, mean: MEAN, allocate }).chunks) expect.fail();
  });

  test("may give the memory of a chunk that has been handed out, even while it waits", async () => {
    const memory = new Uint8Array(2 * MEAN);
    const allocate = async (): Promise<Uint8Array> => {
      await new Promise(setImmediate);
      return memory;
    };
    const joined: Uint8Array[] = [];
    const { chunks } = cutTar(inPieces(TAR, [777]), { key: KEY, mean: MEAN, allocate });
    for await (const { bytes } of chunks) {
      expect(bytes.buffer).toBe(memory.buffer);
      joined.push(Uint8Array.from(bytes));
      memory.fill(0xee);
    }
    expect(Buffer.concat(joined).equals(TAR)).toBe(true);
  });

  test("may give memory whose chunk is moved to another thread", async () => {
    const joined: Uint8Array[] = [];
    for await (const { bytes } of cutTar(inPieces(TAR, [1000]), { key: KEY, mean: MEAN }).chunks) {
      const { buffer } = bytes;
      if (!(buffer instanceof ArrayBuffer)) throw new Error("The memory cannot be moved.");
      joined.push(structuredClone(bytes, { transfer: [buffer] }));
    }
    expect(Buffer.concat(joined).equals(TAR)).toBe(true);
  });

  test("makes the source wait", async () => {
    let read = 0;
    const source = (async function* () {
      for (const at of Array(100).keys()) {
        read = at + 1;
        yield noise(MEAN, at);
      }
    })();
    let give: (memory: Uint8Array) => void = () => {};
    const waiting = new Promise<Uint8Array>((resolve) => (give = resolve));
    const { chunks } = cutTar(source, {
      key: KEY,
      mean: MEAN,
      allocate: async () => await waiting,
    });
    const first = chunks[Symbol.asyncIterator]().next();
    await new Promise(setImmediate);
    expect(read).toBe(1);
    give(new Uint8Array(2 * MEAN));
    expect((await first).done).toBe(false);
    expect(read).toBeLessThan(4);
  });

  test.each([
    ["too little", () => new Uint8Array(2 * MEAN - 1)],
    ["nothing", () => undefined],
    ["what is no Uint8Array", () => new ArrayBuffer(2 * MEAN)],
  ])("that gives %s is refused", async (_, allocate) => {
    const options = { key: KEY, mean: MEAN, allocate };
    const { chunks } = Reflect.apply(cutTar, undefined, [inPieces(TAR), options]);
    const first = chunks[Symbol.asyncIterator]().next();
    await expect(first).rejects.toMatchObject({ code: "invalid-input" });
  });
});
