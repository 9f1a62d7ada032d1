import { Abortable } from "./abortable.ts";
import { checkOptions } from "./check-options.ts";
import { type Chunk, ChunkMemory } from "./chunk-memory.ts";
import type { CutOptions } from "./cut-options.ts";
import { boundsOf } from "./cuts/bounds.ts";
import { Cutter } from "./cuts/cutter.ts";
import { cutKeys } from "./cuts/keys.ts";
import { piecesOf } from "./pieces-of.ts";
import { type TarCount, TarCounter } from "./tar/tar-counter.ts";

/** A tar while it is cut. */
export interface CutStream {
  /** The chunks in stream order, to be read once. An empty stream has none. */
  readonly chunks: AsyncIterable<Chunk>;
  /** What has been counted so far: all of the tar once the chunks have ended. */
  readonly count: () => TarCount;
  /** Bytes that have been read so far. */
  readonly length: () => number;
}

/**
 * Cuts a tar stream into chunks, in places that depend on the key, on members'
 * names and sizes, and on the content of large members: the same tree is cut in
 * the same places, and a change moves only the cuts around it. A stream that is
 * no tar, or stops being one, is cut by its content from there.
 *
 * Pieces of the source need to be valid only until the next one is asked for.
 * An error of the source, of `allocate` or of `onMember` is thrown by the chunks.
 *
 * @throws {CutError} code `invalid-input`, here for an option and by the chunks for a piece that is not made of bytes
 *
 * @example
 * const { chunks, count } = cutTar(process.stdin, { key: randomBytes(32), mean: chooseMean(undefined) });
 * for await (const { offset, bytes } of chunks) await store(offset, bytes);
 * if (!count().ended) throw new Error("The tar is cut off.");
 */
export function cutTar(source: AsyncIterable<Uint8Array>, options: CutOptions): CutStream {
  checkOptions(source, options);
  const { key, mean, most, onMember } = options;
  const bounds = boundsOf(mean, most);
  const counter = new TarCounter();
  const cutter = new Cutter(bounds, cutKeys(key), (member) => {
    counter.add(member);
    onMember?.(member);
  });
  const { allocate = newMemory } = options;
  const memory = new ChunkMemory(bounds.most, allocate);
  return {
    chunks: chunksOf(source, { cutter, memory }, options.signal),
    count: () => ({ ...counter.count(), ended: cutter.tar.ended, damagedAt: cutter.tar.damagedAt }),
    length: () => cutter.tar.position,
  };
}

interface Parts {
  readonly cutter: Cutter;
  readonly memory: ChunkMemory;
}

async function* chunksOf(
  source: AsyncIterable<Uint8Array>,
  { cutter, memory }: Parts,
  signal: AbortSignal | undefined,
): AsyncGenerator<Chunk> {
  const abortable = new Abortable(signal);
  const fetched = async (): Promise<void> => await abortable.wait(async () => await memory.fetch());
  try {
    for await (const piece of piecesOf(source, abortable)) {
      for (let at = 0; at < piece.length;) {
        if (memory.isEmpty) await fetched();
        const end = cutter.advance(piece, at);
        memory.add(piece.subarray(at, end));
        if (cutter.cutAt !== undefined) yield memory.take(cutter.cutAt);
        at = end;
      }
    }
    cutter.tar.end();
    if (memory.hasBytes && memory.isEmpty) await fetched();
    if (memory.hasBytes) yield memory.take();
  } finally {
    abortable.close();
  }
}

function newMemory(length: number): Uint8Array {
  return new Uint8Array(length);
}
