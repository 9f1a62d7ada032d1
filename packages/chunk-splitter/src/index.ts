export { splitIntoChunks, type Chunk, type SplitOptions, type SplitStream } from "./split.ts";
export type { StreamDigest } from "./running-digest.ts";
