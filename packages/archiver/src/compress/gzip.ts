import { promisify } from "node:util";
import { createGzip, gunzip, type Gzip } from "node:zlib";
import { writable } from "../chunks/chunk-buffers.ts";
import type { Compressor } from "./compressor.ts";
import { filterCompressor } from "./filter-compressor.ts";
import { InPlace } from "./in-place.ts";
import { shrinks } from "./shrinks.ts";

/** Of the package isal. Several times as fast as zlib, and about as small as zlib's levels 1 and 2. */
const IGZIP = "/usr/bin/igzip";
/** The highest level that igzip has; who asks for a higher one wants it small rather than fast. */
const IGZIP_LEVEL = 3;
const GZIP = { name: "gzip", suffix: ".gz" } as const;

/**
 * gzip in the fastest way: igzip where it is installed and works, otherwise zlib in libuv's threads. A chunk that does not shrink is
 * stored within the format.
 *
 * @param level 1 to 9; above 3 it is zlib's
 * @param count chunks that are compressed at a time
 */
export async function chooseGzip(
  level: number | undefined,
  count: number,
  igzip: string = IGZIP,
): Promise<Compressor> {
  const fast = level === undefined || level <= IGZIP_LEVEL;
  const args = [`-${level ?? IGZIP_LEVEL}`, "-n"];
  if (fast) {
    const compressor = filterCompressor(igzip, args, count, { ...GZIP, worker: "igzip" });
    if (await works(compressor)) return storing(compressor);
    await compressor[Symbol.asyncDispose]();
  }
  return storing({
    ...GZIP,
    worker: "node:zlib",
    compress: async (chunk, signal) => await zlib(chunk, level, signal),
    [Symbol.asyncDispose]: async () => {},
  });
}

/** Chunks that would not shrink are not compressed, only brought into the form. */
function storing(compressor: Compressor): Compressor {
  return {
    ...compressor,
    async compress(chunk, signal) {
      if (await shrinks(chunk)) return await compressor.compress(chunk, signal);
      return await zlib(chunk, 0, signal);
    },
  };
}

/** Bytes. */
const PROBE = 100_000;
/** Bytes that are given to zlib at a time, and that it gives. */
const SLICE = 262_144;

async function zlib(
  chunk: Uint8Array,
  level: number | undefined,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const output = new InPlace(writable(chunk));
  const gzip = createGzip({ chunkSize: SLICE, ...(level !== undefined && { level }) });
  const ended = new Promise<void>((resolve, reject) => gzip.on("end", resolve).on("error", reject));
  // A write may fail before it is waited for.
  ended.catch(() => {});
  gzip.on("data", (piece: Uint8Array) => output.put(piece));
  try {
    for (let at = 0; at < chunk.length; at += SLICE) {
      signal.throwIfAborted();
      const slice = chunk.subarray(at, at + SLICE);
      await written(gzip, slice);
      output.taken(at + slice.length);
    }
    gzip.end();
    await ended;
  } finally {
    gzip.destroy();
  }
  return output.finish();
}

async function written(gzip: Gzip, slice: Uint8Array): Promise<void> {
  await promisify((done: (error?: Error | null) => void) => gzip.write(slice, done))();
}

/** A program of this name that is missing, broken or something else costs an attempt, and no archive. */
async function works(compressor: Compressor): Promise<boolean> {
  const probe = Buffer.alloc(PROBE, "a backup has many lines that look alike\n");
  const signal = AbortSignal.timeout(5000);
  try {
    const compressed = await compressor.compress(Uint8Array.from(probe), signal);
    return probe.equals(await promisify(gunzip)(compressed));
  } catch {
    return false;
  }
}
