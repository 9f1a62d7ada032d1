import type { CallOptions, ObjectStore, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "../archive.ts";
import { CatalogError } from "../catalog-error.ts";
import { SETTLED_MS } from "../gc/classify-attempt.ts";
import { headKey, markerKey, startedKey } from "../keys.ts";
import type { ParsedRecord } from "../parse-key.ts";
import { holdOfRun, MARGIN_MS } from "../protocol.ts";
import { callWith } from "../read/call-with.ts";
import { confirmAbsent } from "../read/confirm-absent.ts";
import { listRecords, type StoredRecord } from "../read/list-records.ts";
import { loadHead, nothingOf } from "../read/read-head.ts";
import { storeTime } from "../read/store-time.ts";
import type { DeleteOptions, DeleteOutcome } from "./delete-outcome.ts";
import { type Removal, REMOVAL_STEPS } from "./removal.ts";
import { removeBatches } from "./remove-batches.ts";
import { Tally } from "./tally.ts";

/**
 * Deletes the records of an archive, but for a head, which holds chunks, and its `started.json`. A step that
 * leaves something ends the delete. So whatever stops it, and wherever, leaves an archive that lists show as
 * incomplete and the next delete goes on with.
 */
export async function deleteArchive<Item extends StoredObject>(
  { store, removal }: DeleteParts<Item>,
  id: ArchiveId,
  { onProgress, signal, notRunning = false }: DeleteOptions = {},
): Promise<DeleteOutcome> {
  const call = callWith(signal);
  const tally = new Tally(onProgress);
  const onUnknownKey = (key: string): void => tally.unknown(key);
  const records = await listRecords(removal, id, { ...call, onUnknownKey });
  if (records.length === 0) throw nothingOf(id);
  const visible = records.filter(({ item }) => removal.isVisible(item));
  const time = async (): Promise<Date> => await storeTime(store, startedKey(id), call);
  await confirmNoMarker(store, id, visible, call);
  await refuseEarly(id, visible, notRunning, time);
  const hasHead = visible.some(({ record }) => record.kind === "head");
  const doomed = REMOVAL_STEPS.slice(0, hasHead ? 2 : undefined).map((kinds) =>
    records.filter(({ record }) => kinds.includes(record.kind)).map(({ item }) => item),
  );
  tally.expect(doomed.flat().length);
  for (const step of doomed) {
    await removeBatches(removal, step, tally, call);
    if (tally.hasFailures) break;
  }
  return tally.outcome();
}

/** Were the marker only left out of lists, the archive would look complete, with holes. */
async function confirmNoMarker(
  store: ObjectStore,
  id: ArchiveId,
  visible: readonly StoredRecord[],
  call: CallOptions,
): Promise<void> {
  const has = (kind: ParsedRecord["kind"]): boolean =>
    visible.some(({ record }) => record.kind === kind);
  if (has("marker")) return;
  if (!has("head")) return await confirmAbsent(store, [headKey(id)], call);
  // One that nobody can read has no marker that anybody would believe.
  const stored = await loadHead(store, id, visible, call).catch((error: unknown) => {
    if (!(error instanceof CatalogError)) throw error;
  });
  if (stored) await confirmAbsent(store, [markerKey(id, stored.head)], call);
}

export interface DeleteParts<Item extends StoredObject> {
  readonly store: ObjectStore;
  readonly removal: Removal<Item>;
}

/** Refuses what would take records from under a run, or the only sign that chunks are held. */
async function refuseEarly(
  id: ArchiveId,
  visible: readonly StoredRecord[],
  notRunning: boolean,
  time: () => Promise<Date>,
): Promise<void> {
  const youngest = (...kinds: string[]): number | undefined => {
    const some = visible.filter(({ record }) => kinds.length === 0 || kinds.includes(record.kind));
    const times = some.map(({ item }) => Number(item.modified));
    return times.length === 0 ? undefined : times.reduce((one, other) => Math.max(one, other));
  };
  const [marker, head] = [youngest("marker"), youngest("head")];
  if (marker !== undefined && head === undefined) {
    const until = new Date(holdOfRun(new Date(marker)).getTime() + MARGIN_MS);
    if ((await time()) <= until) throw held(id, until);
  }
  const newest = youngest();
  if (marker !== undefined || newest === undefined || notRunning) return;
  // A head without its manifest: a delete was here, and no run.
  if (head !== undefined && youngest("manifest") === undefined) return;
  // Between head and marker are seconds; a delete that was stopped there goes on.
  const until = new Date(head === undefined ? newest + SETTLED_MS : head + MARGIN_MS);
  if ((await time()) <= until) throw mayBeRunning(id, until);
}

function held({ host, number, attempt }: ArchiveId, until: Date): CatalogError {
  return new CatalogError(
    "held",
    `${host} ${number}, attempt ${attempt}, has lost its archive.json: until ${until.toISOString()} it may hold chunks, and nobody knows which.`,
  );
}

function mayBeRunning({ host, number, attempt }: ArchiveId, until: Date): CatalogError {
  return new CatalogError(
    "may-be-running",
    `${host} ${number}, attempt ${attempt}, has no marker and may still be in progress until ${until.toISOString()}.`,
  );
}
