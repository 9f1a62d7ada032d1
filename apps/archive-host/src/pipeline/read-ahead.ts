import { Readable } from "node:stream";
import type { BlockPool } from "./block-pool.ts";

/**
 * Reads a chunk's body as far ahead as the pool gives blocks, beginning now,
 * so that the next chunk can be read while this one is still being sealed.
 */
export function readAhead(
  body: AsyncIterable<Uint8Array>,
  pool: BlockPool,
): AsyncIterable<Uint8Array> {
  const ahead = Readable.from(body, { highWaterMark: Number.MAX_SAFE_INTEGER });
  // The reader is told by the iteration; without a listener the process would end before that.
  ahead.on("error", () => {});
  ahead.read(0);
  return tellWhenTaken(ahead, pool);
}

async function* tellWhenTaken(
  ahead: AsyncIterable<Uint8Array>,
  pool: BlockPool,
): AsyncGenerator<Uint8Array> {
  for await (const block of ahead) {
    yield block;
    pool.sealed();
  }
}
