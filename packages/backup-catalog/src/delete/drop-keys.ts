import type { CallOptions } from "@backuppc-archive-s3/s3-transport";
import type { ArchiveId } from "../archive.ts";
import { listRecords } from "../read/list-records.ts";
import type { DeleteOutcome } from "./delete-outcome.ts";
import { removeBatches } from "./remove-batches.ts";
import type { Removal } from "./removal.ts";
import { Tally } from "./tally.ts";

/** Deletes the older messages of a data key. Nothing goes unless a newer one is there: without any the archive is lost. */
export async function dropKeys(
  removal: Removal,
  id: ArchiveId,
  below: number,
  options: CallOptions,
): Promise<DeleteOutcome> {
  const tally = new Tally(undefined);
  const records = await listRecords(removal, id, { ...options, expected: ["key"] });
  const keys = records.flatMap(({ item, record }) =>
    record.kind === "key" ? [{ item, serial: record.serial }] : [],
  );
  const hasNewer = keys.some(({ serial }) => serial >= below);
  const older = keys.filter(({ serial }) => serial < below).map(({ item }) => item);
  if (hasNewer) await removeBatches(removal, older, tally, options);
  return tally.outcome();
}
