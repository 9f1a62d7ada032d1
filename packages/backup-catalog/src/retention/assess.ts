import { startOfAttempt } from "../attempt-id.ts";
import type { ArchiveSummary } from "../catalog.ts";
import { ChunkTable } from "../gc/chunk-table.ts";
import type { Inventory, ListedAttempt } from "../gc/inventory.ts";
import type { ArchiveFacts } from "./archive-facts.ts";
import { isWhole } from "./is-whole.ts";

/**
 * What retention decides by, of each attempt in the inventory that was not deleted. Reads no manifest: an
 * archive is whole if every chunk that its head keeps is listed, and their lengths add up to the head's
 * `storedBytes`. Asks nothing of a store.
 */
export function assess({ chunks, attempts }: Inventory): ArchiveFacts[] {
  const table = new ChunkTable(chunks);
  return attempts.filter((attempt) => !isDeleted(attempt)).map((one) => factsOf(one, table));
}

/** The same of a legacy archive. */
export function assessLegacy(archive: ArchiveSummary): ArchiveFacts {
  const { id, status, started, finished = started } = archive;
  const time = finished > started ? finished : started;
  // Gaps make it partial already.
  return { id, status, time, trust: "legacy", damaged: false, ambiguous: false };
}

/** Nothing of it is shown, or nothing but the head of a deleted one, which holds chunks. */
function isDeleted({ records, head, marker, hasManifest }: ListedAttempt): boolean {
  return records === 0 || (head !== undefined && marker === undefined && !hasManifest);
}

function factsOf(
  { id, marker, head, hasManifest }: ListedAttempt,
  table: ChunkTable,
): ArchiveFacts {
  const start = startOfAttempt(id.attempt) ?? new Date(0);
  const none = { id, trust: "unverified", damaged: false, ambiguous: false } as const;
  if (marker === undefined) return { ...none, status: "incomplete", time: start };
  if (head?.state !== "read") {
    const time = marker.finished > start ? marker.finished : start;
    return { ...none, status: marker.status, time, damaged: true };
  }
  const { uploader, status, started, finished } = head.head;
  const time = new Date(Math.max(Date.parse(started), Date.parse(finished)));
  const damaged = !hasManifest || !isWhole(head.head, table);
  if (head.trust.state === "verified")
    return { ...none, status, time, damaged, uploader, trust: "verified" };
  return { ...none, status, time, damaged, ambiguous: head.trust.reason === "two-markers" };
}
