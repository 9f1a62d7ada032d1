import type { StoredObject } from "@backuppc-archive-s3/s3-transport";
import { archivesPrefix, chunksPrefix, parseChunkName } from "../keys.ts";
import { decodeHost } from "../host-name.ts";
import { parseKey } from "../parse-key.ts";
import { callWith } from "../read/call-with.ts";
import { isFolder, type Lister } from "../read/list-records.ts";
import type { InventoryOptions } from "./inventory.ts";

/** Every host that has records or chunks, and keys that belong to none. */
export async function listHosts<Item extends StoredObject>(
  lister: Lister<Item>,
  { signal, onUnknownKey }: InventoryOptions,
): Promise<string[]> {
  const call = callWith(signal);
  const hosts = new Set<string>();
  for (const root of [chunksPrefix(), archivesPrefix()]) {
    for await (const item of lister.list(root, call)) {
      const { key } = item;
      const host = parseKey(key)?.id.host ?? hostOfChunk(key);
      if (host !== undefined) hosts.add(host);
      else if (!isFolder(item)) onUnknownKey?.(key);
    }
  }
  return [...hosts].toSorted();
}

function hostOfChunk(key: string): string | undefined {
  const [root, segment = "", ...name] = key.split("/");
  if (root !== "chunks" || parseChunkName(name.join("/")) === undefined) return undefined;
  return decodeHost(segment);
}
