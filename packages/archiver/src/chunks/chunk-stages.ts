import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { Protect } from "../archive/protection.ts";
import type { Compressor } from "../compress/compressor.ts";
import type { ChunkIndex } from "../index/chunk-index.ts";
import type { ChunkLocks } from "../reuse/chunk-locks.ts";
import type { ReusingRun } from "../reuse/decide-reuse.ts";
import type { ChunkBuffers } from "./chunk-buffers.ts";

/** What a chunk goes through. */
export interface ChunkStages {
  readonly run: ReusingRun;
  readonly index: ChunkIndex;
  readonly buffers: ChunkBuffers;
  readonly compressor: Compressor;
  readonly protect: Protect;
  readonly store: ObjectStore;
  readonly locks: ChunkLocks | undefined;
  /** The name of the next chunk that is uploaded, below `chunks/<host>/`. */
  readonly nextName: () => string;
  /** The key of a chunk by its name. */
  readonly keyOf: (name: string) => string;
  /** Chunks that are compressed at a time. */
  readonly workers: number;
  /** Chunks that are uploaded at a time. */
  readonly connections: number;
}
