import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitIntoChunks } from "../src/index.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function* piecesOf(bytes: Uint8Array, lengths: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (const length of lengths) {
    yield Buffer.from(bytes.subarray(at, at + length));
    at += length;
  }
  yield Buffer.from(bytes.subarray(at));
}

describe("splitIntoChunks", () => {
  test("cuts any stream into chunks of the asked length that join to the stream again", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.nat(40), { maxLength: 20 }),
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 30 }),
        async (bytes, lengths, chunkSize, blockSize) => {
          const { chunks, total } = splitIntoChunks(piecesOf(bytes, lengths), {
            chunkSize,
            blockSize,
          });
          const joined: Buffer[] = [];
          let index = 0;
          for await (const chunk of chunks) {
            const body = await buffer(chunk.body);
            expect(chunk.index).toBe(++index);
            expect(chunk.offset).toBe((index - 1) * chunkSize);
            expect(chunk.digest()).toEqual({ length: body.length, sha256: sha256(body) });
            joined.push(body);
          }
          expect(Buffer.concat(joined)).toEqual(Buffer.from(bytes));
          expect(joined.slice(0, -1).every((body) => body.length === chunkSize)).toBe(true);
          expect(index).toBe(Math.ceil(bytes.length / chunkSize));
          expect(total()).toEqual({ length: bytes.length, sha256: sha256(bytes) });
        },
      ),
    );
  });

  test("reads into the memory that it is given, a block alone in each", async () => {
    const given: Uint8Array[] = [];
    const { chunks } = splitIntoChunks(piecesOf(new Uint8Array(100), [10]), {
      chunkSize: 64,
      blockSize: 16,
      allocate: async () => {
        given.push(new Uint8Array(20));
        return given.at(-1) ?? new Uint8Array(0);
      },
    });
    const buffers: ArrayBufferLike[] = [];
    for await (const chunk of chunks) {
      for await (const block of chunk.body) buffers.push(block.buffer);
    }
    expect(buffers).toHaveLength(7);
    expect(buffers.every((memory, index) => memory === given[index]?.buffer)).toBe(true);
  });

  test("brings the next chunk only when the one before has been read", async () => {
    const { chunks } = splitIntoChunks(piecesOf(new Uint8Array(8), []), { chunkSize: 4 });
    const iterator = chunks[Symbol.asyncIterator]();
    const first = await iterator.next();
    if (first.done === true) throw new Error("There is a first chunk.");
    let second: string = "waiting";
    const next = iterator.next().then(() => (second = "here"));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(second).toBe("waiting");
    await buffer(first.value.body);
    await next;
    expect(second).toBe("here");
  });

  test("throws the error of the source from the body and from the chunks", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(6);
      throw new Error("the tape tore");
    }
    const { chunks } = splitIntoChunks(broken(), { chunkSize: 10 });
    const seen: string[] = [];
    await expect(async () => {
      for await (const chunk of chunks) {
        await buffer(chunk.body).catch((error: unknown) => seen.push(String(error)));
      }
    }).rejects.toThrow("the tape tore");
    expect(seen).toEqual(["Error: the tape tore"]);
  });

  test("refuses to go on behind a body that was left in the middle", async () => {
    const { chunks } = splitIntoChunks(piecesOf(new Uint8Array(100), []), {
      chunkSize: 50,
      blockSize: 10,
    });
    await expect(async () => {
      for await (const chunk of chunks) for await (const _ of chunk.body) break;
    }).rejects.toThrow("not read to its end");
  });

  test("refuses to go on behind a body that was left before its first block", async () => {
    const { chunks } = splitIntoChunks(piecesOf(new Uint8Array(100), []), { chunkSize: 50 });
    await expect(async () => {
      for await (const chunk of chunks) await chunk.body[Symbol.asyncIterator]().return?.();
    }).rejects.toThrow("not read to its end");
  });

  test.each([0, -1, 1.5, Number.NaN])("refuses a chunk size of %s", (chunkSize) => {
    expect(() => splitIntoChunks(piecesOf(new Uint8Array(1), []), { chunkSize })).toThrow(
      RangeError,
    );
  });
});
