import { FilterShells, ProcessError } from "@backuppc-archive-s3/process";
import { ArchiverError } from "../archiver-error.ts";
import { writable } from "../chunks/chunk-buffers.ts";
import type { Compressor } from "./compressor.ts";
import { InPlace } from "./in-place.ts";

/**
 * A program that reads its stdin and writes to its stdout, run once for each chunk.
 *
 * @param count chunks that are compressed at a time
 */
export function filterCompressor(
  path: string,
  args: readonly string[],
  count: number,
  { name, suffix, worker = path }: Pick<Compressor, "name" | "suffix"> & { worker?: string },
): Compressor {
  const shells = new FilterShells(path, args, count);
  return {
    name,
    suffix,
    worker,
    async compress(chunk, signal) {
      const output = new InPlace(writable(chunk));
      const onTaken = (bytes: number): void => output.taken(bytes);
      const onOutput = (piece: Uint8Array): void => output.put(piece);
      try {
        await shells.run(chunk, { signal, onTaken, onOutput });
      } catch (error) {
        if (!(error instanceof ProcessError)) throw error;
        throw new ArchiverError(
          "compression",
          `The compression program ${error.message.replace(/\.$/, "")}.`,
          error,
        );
      }
      return output.finish();
    },
    [Symbol.asyncDispose]: async () => await shells[Symbol.asyncDispose](),
  };
}
