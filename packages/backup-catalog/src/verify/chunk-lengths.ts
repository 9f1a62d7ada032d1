import type { CallOptions, ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { chunksPrefix } from "../keys.ts";

/** Lengths in bytes of a host's chunks, by their names. */
export async function chunkLengths(
  store: ObjectStore,
  prefix: string,
  host: string,
  call: CallOptions,
): Promise<ReadonlyMap<string, number>> {
  const folder = prefix + chunksPrefix(host);
  const lengths = new Map<string, number>();
  for await (const { key, length } of store.list(folder, call))
    lengths.set(key.slice(folder.length), length);
  return lengths;
}
