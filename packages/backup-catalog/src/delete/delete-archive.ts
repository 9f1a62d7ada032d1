import type { StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "../archive.ts";
import { archiveFolder, chunksFolder, parseKey, type ParsedKey } from "../keys.ts";
import type { DeleteOptions, DeleteOutcome } from "./delete-outcome.ts";
import { removeBatches } from "./remove-batches.ts";
import type { Removal } from "./removal.ts";
import { Tally } from "./tally.ts";

/**
 * Deletes an archive: marker, manifest and sums, chunks, `started.json`. Each step ends before the
 * next begins, and one that leaves something ends the delete. So whatever stops it, and wherever,
 * leaves an archive that lists show as unfinalized and the next delete goes on with.
 */
export async function deleteArchive<Item extends StoredObject>(
  removal: Removal<Item>,
  prefix: string,
  id: ArchiveId,
  { onProgress, signal }: DeleteOptions = {},
): Promise<DeleteOutcome> {
  const call = signal === undefined ? {} : { signal };
  const tally = new Tally(onProgress);
  const parse = ({ key }: Item): ParsedKey | undefined => parseKey(key.slice(prefix.length));

  const records: Item[] = [];
  for await (const item of removal.list(prefix + archiveFolder(id), call)) {
    const parsed = parse(item);
    if (parsed === undefined) tally.stray(item.key);
    else records.push(item);
    if (parsed?.kind === "marker") tally.expect(parsed.marker.chunks);
  }
  tally.expect(records.length);

  const recordsOf = (...kinds: ParsedKey["kind"][]): Item[] =>
    records.filter((item) => kinds.some((kind) => kind === parse(item)?.kind));
  async function* chunks(): AsyncGenerator<Item> {
    for await (const item of removal.list(prefix + chunksFolder(id), call)) {
      if (parse(item) === undefined) tally.stray(item.key);
      else yield item;
    }
  }

  for (const step of [
    recordsOf("marker"),
    recordsOf("manifest", "sums"),
    chunks(),
    recordsOf("started"),
  ]) {
    await removeBatches(removal, step, tally, call);
    if (tally.hasFailures) break;
  }
  return tally.outcome();
}
