import {
  type CutOptions,
  cutTar,
  type Member,
  type TarCount,
} from "@backuppc-archive-s3/chunk-splitter";
import type { ChunkProgress } from "../archive/archive-options.ts";
import { ChunkLine, type PlacedChunk } from "./chunk-line.ts";
import type { ChunkStages } from "./chunk-stages.ts";

/** A chunk of the stream, and where it is in the store. */
export interface StreamChunk extends PlacedChunk {
  /** Bytes of the stream before it. */
  readonly offset: number;
}

export interface StoredStream {
  readonly chunks: readonly StreamChunk[];
  readonly count: TarCount;
  /** Bytes. */
  readonly length: number;
}

export interface StreamOptions {
  /** Where to cut. */
  readonly cut: Pick<CutOptions, "key" | "mean" | "most">;
  readonly stages: ChunkStages;
  readonly onMember: (member: Member) => void;
  /** Waits until members can be taken. */
  readonly membersReady: () => Promise<void>;
  readonly onChunk: (chunk: ChunkProgress) => void;
  /** Aborted by the first chunk that fails, with its error. */
  readonly controller: AbortController;
}

/** Takes a tar stream to the store, several chunks at a time. The first chunk that fails stops the others, and its error is thrown. */
export async function storeStream(
  stream: AsyncIterable<Uint8Array>,
  { cut, stages, onMember, membersReady, onChunk, controller }: StreamOptions,
): Promise<StoredStream> {
  const { signal } = controller;
  const allocate = (length: number): Promise<Uint8Array> => stages.buffers.take(length, signal);
  const cutting = cutTar(stream, { ...cut, allocate, onMember, signal });
  const line = new ChunkLine(stages, signal);
  const underWay: Promise<StreamChunk>[] = [];
  try {
    for await (const { offset, bytes } of cutting.chunks) {
      const tarLength = bytes.length;
      const placed = line.place(bytes).then(({ chunk, isNew }) => {
        onChunk({ tarLength, storedLength: chunk.storedLength, isNew });
        return { chunk, isNew, offset };
      });
      placed.catch((error: unknown) => controller.abort(error));
      underWay.push(placed);
      await membersReady();
    }
    const chunks = await Promise.all(underWay);
    return { chunks, count: cutting.count(), length: cutting.length() };
  } catch (error) {
    controller.abort(error);
    await Promise.allSettled(underWay);
    throw signal.reason;
  }
}
