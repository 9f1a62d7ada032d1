import { Readable } from "node:stream";
import type { MemoryBudget } from "./memory-budget.ts";

/** What is taken from the budget before a block is read: the splitter's blocks are at most this long. */
const BLOCK = 1_048_576;

/**
 * Reads a chunk's body as far ahead as the budget allows, beginning now, so
 * that the next chunk can be read while this one is still being sealed.
 *
 * What was read ahead of a reader who left is not given back: the archive has
 * failed then.
 */
export function readAhead(
  body: AsyncIterable<Uint8Array>,
  budget: MemoryBudget,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const ahead = Readable.from(taken(body, budget, signal), {
    highWaterMark: Number.MAX_SAFE_INTEGER,
  });
  // The reader is told by the iteration; without a listener the process would end before that.
  ahead.on("error", () => {});
  ahead.read(0);
  return given(ahead, budget);
}

async function* taken(
  body: AsyncIterable<Uint8Array>,
  budget: MemoryBudget,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const blocks = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      await budget.take(BLOCK, signal);
      const { done, value } = await blocks.next();
      budget.give(BLOCK - (done === true ? 0 : value.length));
      if (done === true) return;
      yield value;
    }
  } finally {
    await blocks.return?.();
  }
}

async function* given(
  ahead: AsyncIterable<Uint8Array>,
  budget: MemoryBudget,
): AsyncGenerator<Uint8Array> {
  for await (const block of ahead) {
    // Read now: a block that was transferred to a thread has no length any more.
    const { length } = block;
    yield block;
    budget.give(length);
  }
}
