import { parseChunkName } from "../keys.ts";
import { ChunkTable } from "./chunk-table.ts";
import type { ListedChunk } from "./inventory.ts";

/**
 * Says whether nothing is left for a head to hold: all that it keeps goes, and the index names nothing of it that lists do
 * not show. Such a chunk would stay, and be believed to be held.
 */
export function releasedBy(
  releasable: ReadonlySet<string> | undefined,
  table: ChunkTable,
  garbage: ReadonlySet<ListedChunk>,
): IsReleased {
  if (releasable === undefined) return () => false;
  const unlisted = new ChunkTable(unlistedOf(releasable, table));
  return ({ keeps }) =>
    [...table.keptBy(keeps)].every((chunk) => garbage.has(chunk)) &&
    unlisted.keptBy(keeps).next().done === true;
}

export type IsReleased = (head: { readonly keeps: Readonly<Record<string, string>> }) => boolean;

function unlistedOf(names: ReadonlySet<string>, table: ChunkTable): ListedChunk[] {
  return [...names].flatMap((name) => {
    const parsed = table.has(name) ? undefined : parseChunkName(name);
    if (parsed === undefined) return [];
    const { attempt, index } = parsed;
    return [{ name, attempt, index, length: 0, modifiedMs: 0, visible: false }];
  });
}
