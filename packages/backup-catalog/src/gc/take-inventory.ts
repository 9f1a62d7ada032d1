import type { StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { Removal } from "../delete/removal.ts";
import { archiveFolder, archivesPrefix, CHUNKS_PREFIX, parseKey, type ParsedKey } from "../keys.ts";
import type { Holding, InventoryOptions } from "./garbage.ts";

/**
 * What the store holds, by archive. Lists every key, chunks too: a request for 1,000; memory grows
 * with the archives, not with the chunks.
 */
export async function takeInventory<Item extends StoredObject>(
  removal: Removal<Item>,
  prefix: string,
  { onStray, signal }: InventoryOptions = {},
): Promise<Holding[]> {
  const call = signal === undefined ? {} : { signal };
  const holdings = new Map<string, Holding>();
  // Chunks first: of an attempt that begins meanwhile, started.json is seen whenever a chunk is.
  for (const root of [CHUNKS_PREFIX, archivesPrefix()]) {
    for await (const item of removal.list(prefix + root, call)) {
      const parsed = parseKey(item.key.slice(prefix.length));
      if (parsed === undefined) {
        onStray?.(item.key);
        continue;
      }
      const folder = archiveFolder(parsed.id);
      const known = holdings.get(folder) ?? nothingOf(parsed);
      const seen = removal.isVisible(item)
        ? withObject(known, item, parsed)
        : withHidden(known, item);
      holdings.set(folder, seen);
    }
  }
  return [...holdings.values()];
}

function nothingOf({ id }: ParsedKey): Holding {
  const hidden = { versions: 0, bytes: 0 };
  return { id, status: "unfinalized", begun: false, objects: 0, bytes: 0, hidden };
}

function withObject(
  known: Holding,
  { length, modified }: StoredObject,
  parsed: ParsedKey,
): Holding {
  const { newest = modified } = known;
  return {
    ...known,
    objects: known.objects + 1,
    bytes: known.bytes + length,
    newest: modified > newest ? modified : newest,
    ...(parsed.kind === "started" && { begun: true }),
    ...(parsed.kind === "marker" && { status: parsed.marker.status }),
  };
}

function withHidden(known: Holding, { length }: StoredObject): Holding {
  const { versions, bytes } = known.hidden;
  return { ...known, hidden: { versions: versions + 1, bytes: bytes + length } };
}
