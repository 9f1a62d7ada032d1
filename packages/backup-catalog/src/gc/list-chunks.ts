import type { CallOptions, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { Removal } from "../delete/removal.ts";
import { chunksPrefix, parseChunkName } from "../keys.ts";
import { isFolder } from "../read/list-records.ts";
import type { ListedChunk } from "./inventory.ts";

/** The host's chunks by their names, with versions each name once. */
export async function listChunks<Item extends StoredObject>(
  removal: Removal<Item>,
  host: string,
  { onUnknownKey, ...call }: CallOptions & { readonly onUnknownKey?: (key: string) => void },
): Promise<ListedChunk[]> {
  const folder = chunksPrefix(host);
  const chunks: ListedChunk[] = [];
  for await (const item of removal.list(folder, call)) {
    const name = item.key.slice(folder.length);
    const last = chunks.at(-1);
    const isVisible = removal.isVisible(item);
    if (last?.name === name) {
      chunks[chunks.length - 1] = withVersion(last, item, isVisible);
      continue;
    }
    const parsed = parseChunkName(name);
    const { length } = item;
    if (parsed !== undefined) {
      const { attempt, index } = parsed;
      chunks.push({ name, attempt, index, length, modifiedMs: dataTime(item), visible: isVisible });
    } else if (!isFolder(item)) onUnknownKey?.(item.key);
  }
  return chunks;
}

/** Versions of one key come one after the other. */
function withVersion(known: ListedChunk, item: StoredObject, isVisible: boolean): ListedChunk {
  const { hiddenBytes = 0 } = known;
  const length = isVisible ? item.length : known.length;
  const hidden = isVisible ? known.length : item.length;
  return {
    ...known,
    length,
    hiddenBytes: hiddenBytes + hidden,
    modifiedMs: Math.max(known.modifiedMs, dataTime(item)),
    visible: known.visible || isVisible,
  };
}

/** A delete marker holds nothing, so its time says nothing of a chunk's age. */
function dataTime(item: StoredObject): number {
  const isMarker = "deleteMarker" in item && item.deleteMarker === true;
  return isMarker ? 0 : item.modified.getTime();
}
