import type { ListedChunk } from "@backuppc-archive-s3/backup-catalog";
import type { Report } from "./report-json.ts";

/** Decimal, as stores bill. */
const GB = 1e9;

/**
 * What was uploaded in each month and is still there, and what that adds up to. Of what was deleted since, nobody knows.
 *
 * @param perGB price of 10^9 bytes for a month, if it is known
 */
export function months(
  chunks: Iterable<Pick<ListedChunk, "length" | "modifiedMs">>,
  now: Date,
  perGB: number | undefined,
): Report["months"] {
  const uploaded = new Map<string, number>();
  for (const { length, modifiedMs } of chunks) {
    const month = monthOf(new Date(modifiedMs));
    uploaded.set(month, (uploaded.get(month) ?? 0) + length);
  }
  let storedBytes = 0;
  return monthsSince([...uploaded.keys()].toSorted()[0], now).map((month) => {
    const uploadedBytes = uploaded.get(month) ?? 0;
    storedBytes += uploadedBytes;
    const cost = perGB === undefined ? null : (storedBytes / GB) * perGB;
    return { month, uploadedBytes, storedBytes, cost };
  });
}

function monthOf(time: Date): string {
  return time.toISOString().slice(0, 7);
}

/** A store whose clock is ahead has chunks of a month to come, which the last one is. */
function monthsSince(first: string | undefined, now: Date): string[] {
  if (first === undefined) return [];
  const all = [first];
  const last = monthOf(now);
  for (let month = first; month < last && all.length < MOST;) {
    const next = new Date(`${month}-01T00:00:00Z`);
    next.setUTCMonth(next.getUTCMonth() + 1);
    month = monthOf(next);
    all.push(month);
  }
  return all;
}

/** A hundred years: a store that says 1970 does not know when. */
const MOST = 1200;
