import type { CallOptions, StoredObject } from "@backuppc-archive-s3/s3-transport";
import { headKey, markerKey } from "../keys.ts";
import { confirmAbsent } from "../read/confirm-absent.ts";
import type { StoredRecord } from "../read/list-records.ts";
import { classifyAttempt } from "./classify-attempt.ts";
import type { ListedAttempt } from "./inventory.ts";
import type { InventoryParts } from "./take-inventory.ts";

/**
 * Asks for what lists do not show of an attempt that needs its chunks no more: the head, or the marker that only it can have.
 *
 * @throws {CatalogError} code `unsteady` if it is there
 */
export async function confirmDeleted(
  { store, heads }: Pick<InventoryParts<StoredObject>, "store" | "heads">,
  attempt: ListedAttempt,
  records: readonly StoredRecord[],
  now: Date,
  call: CallOptions,
): Promise<void> {
  const { id, head } = attempt;
  const { kind } = classifyAttempt(attempt, now.getTime());
  if ((kind !== "garbage" && kind !== "holds") || head?.state === "unreadable") return;
  const key =
    head === undefined ? headKey(id) : markerKey(id, (await heads.load(id, records, call)).head);
  await confirmAbsent(store, [key], call);
}
