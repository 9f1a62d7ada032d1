import { type Allocate, BlockReader } from "./block-reader.ts";

/** A stream in blocks of one length, the last one shorter, in memory that `allocate` gives. */
export async function* toBlocks(
  source: AsyncIterable<Uint8Array>,
  { blockSize, allocate }: { readonly blockSize: number; readonly allocate: Allocate },
): AsyncGenerator<Uint8Array> {
  const reader = new BlockReader(source, allocate);
  try {
    for (;;) {
      const block = await reader.read(blockSize);
      if (block.length === 0) return;
      yield block;
    }
  } finally {
    await reader.close();
  }
}
