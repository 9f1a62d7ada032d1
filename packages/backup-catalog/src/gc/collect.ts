import type { CallOptions, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { DeleteOptions, DeleteOutcome } from "../delete/delete-outcome.ts";
import { type Removal, REMOVAL_STEPS } from "../delete/removal.ts";
import { removeBatches } from "../delete/remove-batches.ts";
import { Tally } from "../delete/tally.ts";
import { callWith } from "../read/call-with.ts";
import { listRecords } from "../read/list-records.ts";
import type { GarbageAttempt, GcPlan } from "./gc-plan.ts";

/**
 * Deletes what was planned: every chunk, then attempt by attempt its records. If a chunk stays, so do the
 * records: by them the next gc finds it.
 *
 * @param doomedChunks the objects of the plan's chunks, or all of their versions
 */
export async function collect<Item extends StoredObject>(
  removal: Removal<Item>,
  plan: GcPlan,
  doomedChunks: AsyncIterable<Item> | Iterable<Item>,
  { onProgress, signal }: DeleteOptions = {},
): Promise<DeleteOutcome> {
  const call = callWith(signal);
  const tally = new Tally(onProgress);
  tally.expect(plan.chunks.length + plan.attempts.reduce((sum, { records }) => sum + records, 0));
  await removeBatches(removal, doomedChunks, tally, call);
  for (const attempt of plan.attempts) {
    if (tally.hasFailures) break;
    await removeAttempt(removal, attempt, tally, call);
  }
  return tally.outcome();
}

/** Looks once more, since the plan may be old: what has got a marker was no garbage. */
async function removeAttempt<Item extends StoredObject>(
  removal: Removal<Item>,
  { id }: GarbageAttempt,
  tally: Tally,
  call: CallOptions,
): Promise<void> {
  const records = await listRecords(removal, id, { ...call, expected: [] });
  const isAlive = records.some(
    ({ item, record }) => record.kind === "marker" && removal.isVisible(item),
  );
  if (isAlive) return;
  for (const kinds of REMOVAL_STEPS) {
    const step = records.filter(({ record }) => kinds.includes(record.kind));
    await removeBatches(
      removal,
      step.map(({ item }) => item),
      tally,
      call,
    );
    if (tally.hasFailures) return;
  }
}
