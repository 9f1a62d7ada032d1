export { UnreadBodyError } from "./chunk-body.ts";
export type { Allocate } from "./block-reader.ts";
export { toBlocks } from "./to-blocks.ts";
export { splitIntoChunks, type Chunk, type SplitOptions, type SplitStream } from "./split.ts";
export { RunningDigest, type StreamDigest } from "./running-digest.ts";
