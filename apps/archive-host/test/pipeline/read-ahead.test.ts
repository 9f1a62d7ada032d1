import { splitIntoChunks } from "@backuppc-archive-s3/chunk-splitter";
import { describe, expect, test } from "vitest";
import { BlockPool } from "../../src/pipeline/block-pool.ts";
import { readAhead } from "../../src/pipeline/read-ahead.ts";

const MIB = 1_048_576;

async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("readAhead", () => {
  test("reads at once, as far as the pool gives blocks, and on as blocks are taken", async () => {
    let read = 0;
    const pool = new BlockPool({ plain: 2, held: 2 });
    async function* tar(): AsyncGenerator<Uint8Array> {
      for (; read < 10; read++) yield new Uint8Array(pool.payload);
    }
    const allocate = (): Promise<Uint8Array> => pool.take(new AbortController().signal);
    const blocks = { blockSize: pool.payload, allocate };
    const { chunks } = splitIntoChunks(tar(), { chunkSize: 20 * MIB, ...blocks });
    for await (const chunk of chunks) {
      const ahead = readAhead(chunk.body, pool)[Symbol.asyncIterator]();
      await settle();
      // Two blocks, and a piece for which there is no third.
      expect(read).toBe(2);
      for (let count = 0; count < 10; count++)
        expect(await ahead.next()).toMatchObject({ done: false });
      expect(await ahead.next()).toEqual({ done: true, value: undefined });
    }
  });

  test("throws the body's error to its reader, however late that one comes", async () => {
    async function* body(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1);
      throw new Error("the tape tore");
    }
    const blocks = readAhead(body(), new BlockPool({ plain: 1, held: 1 }));
    await settle();
    await expect(async () => {
      for await (const _ of blocks);
    }).rejects.toThrow("the tape tore");
  });
});
