import type { CallOptions, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { Removal } from "../delete/removal.ts";
import { isWhole } from "../retention/is-whole.ts";
import { ChunkTable } from "./chunk-table.ts";
import type { Inventory, ListedChunk } from "./inventory.ts";
import { listChunks } from "./list-chunks.ts";

/**
 * Chunks of archives that the list of chunks has left out, by one more list: asked for only where one lacks. Of those
 * that no archive needs none is added, since heads were read before.
 */
export async function listMissed<Item extends StoredObject>(
  removal: Removal<Item>,
  { host, chunks, attempts }: Pick<Inventory, "host" | "chunks" | "attempts">,
  call: CallOptions,
): Promise<readonly ListedChunk[]> {
  const heads = attempts.flatMap(({ head, marker }) =>
    head?.state === "read" && marker !== undefined ? [head.head] : [],
  );
  const table = new ChunkTable(chunks);
  const lacking = heads.filter((head) => !isWhole(head, table));
  if (lacking.length === 0) return [];
  const shown = new Set(chunks.map(({ name }) => name));
  const again = await listChunks(removal, host, call);
  const others = new ChunkTable(again.filter(({ name }) => !shown.has(name)));
  return [...new Set(lacking.flatMap(({ keeps }) => [...others.keptBy(keeps)]))];
}
