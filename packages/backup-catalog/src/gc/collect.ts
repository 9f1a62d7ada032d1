import type { StoredObject } from "@backuppc-archive-s3/s3-transport";
import { deleteArchive } from "../delete/delete-archive.ts";
import type { DeleteOptions, DeleteOutcome } from "../delete/delete-outcome.ts";
import type { Removal } from "../delete/removal.ts";
import { archiveFolder, parseKey } from "../keys.ts";
import type { Garbage } from "./garbage.ts";

/**
 * Deletes garbage, unless its archive has got a marker or a younger record since the inventory:
 * then it lives, and the answer is undefined.
 */
export async function collect<Item extends StoredObject>(
  removal: Removal<Item>,
  prefix: string,
  garbage: Garbage,
  options: DeleteOptions = {},
): Promise<DeleteOutcome | undefined> {
  const { id, newest = new Date(0) } = garbage;
  const { signal } = options;
  const folder = prefix + archiveFolder(id);
  for await (const item of removal.list(folder, signal === undefined ? {} : { signal })) {
    if (!removal.isVisible(item)) continue;
    const isMarker = parseKey(item.key.slice(prefix.length))?.kind === "marker";
    if (isMarker || item.modified > newest) return undefined;
  }
  return await deleteArchive(removal, prefix, id, options);
}
