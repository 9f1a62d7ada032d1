import type { CallOptions, StoredObject } from "@backuppc-archive-s3/s3-transport";
import { chunkKey, chunksPrefix } from "../keys.ts";
import { callWith } from "../read/call-with.ts";
import type { Lister } from "../read/list-records.ts";
import type { GcPlan } from "./gc-plan.ts";

/** The objects of a plan's chunks: their keys are all that a delete needs. */
export function* chunkObjects({ host, chunks }: GcPlan): Generator<StoredObject> {
  for (const { name, length, modifiedMs } of chunks)
    yield { key: chunkKey(host, name), length, modified: new Date(modifiedMs) };
}

/** Every version of a plan's chunks, by one more list of the host's chunks. */
export async function* chunkVersions<Item extends StoredObject>(
  lister: Lister<Item>,
  { host, chunks }: GcPlan,
  { signal }: CallOptions,
): AsyncGenerator<Item> {
  if (chunks.length === 0) return;
  const doomed = new Set(chunks.map(({ name }) => chunkKey(host, name)));
  const call = callWith(signal);
  for await (const item of lister.list(chunksPrefix(host), call))
    if (doomed.has(item.key)) yield item;
}
