import type { Head, Inventory, ListedAttempt, ListedChunk } from "../../src/index.ts";
import { chunkName, encodeRanges, holdOfRun, startOfAttempt } from "../../src/index.ts";

export const HOST = "gandalf";
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const NOW: number = Date.parse("2026-11-22T12:00:00Z");

/** An attempt of the tests, begun so many days ago. */
export interface Attempted {
  readonly days: number;
  /** Tells attempts of one time apart. */
  readonly tail?: number;
  /** What its head keeps: `[days of the attempt that uploaded it, number]`. */
  readonly keeps?: readonly (readonly [number, number])[];
  readonly state?: "complete" | "deleted" | "no marker" | "no head" | "head lost";
  readonly uploader?: string;
  readonly trust?: "verified" | "bad-signature" | "no-signers" | "two-markers";
}

export function attemptOf(days: number, tail = 0): string {
  const start = new Date(NOW - days * DAY).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return `${start}-${tail.toString(16).padStart(6, "0")}`;
}

export function attempted(about: Attempted): ListedAttempt {
  const { days, tail = 0, state = "complete", trust = "verified" } = about;
  const id = { host: HOST, number: 7, attempt: attemptOf(days, tail) };
  const stored = NOW - days * DAY + HOUR;
  const hasMarker = state === "complete" || state === "head lost";
  const base = { id, newestMs: stored, records: 7, bytes: 1000, hasManifest: state !== "deleted" };
  const marker = { status: "complete", finished: new Date(stored) } as const;
  if (state === "no head") return base;
  if (state === "head lost") return { ...base, marker };
  const signed = trust === "verified" ? ({ state: trust, signer: "A" } as const) : undefined;
  const reason = hasMarker && trust !== "verified" ? trust : "no-marker";
  const unsigned = { state: "unverified", reason } as const;
  return {
    ...base,
    ...(hasMarker && { marker }),
    head: {
      modifiedMs: stored,
      state: "read",
      head: headOf(about),
      trust: hasMarker ? (signed ?? unsigned) : unsigned,
    },
  };
}

export function chunk(days: number, index: number, length = 100): ListedChunk {
  const attempt = attemptOf(days);
  const name = chunkName(attempt, index, ".gz.gpg");
  const modifiedMs = NOW - days * DAY + HOUR / 2;
  return { name, attempt, index, length, modifiedMs, visible: true };
}

export function inventoryOf(
  attempts: readonly Attempted[],
  chunks: readonly ListedChunk[],
): Inventory {
  return { host: HOST, now: new Date(NOW), chunks, attempts: attempts.map(attempted) };
}

function headOf({
  days,
  tail = 0,
  keeps = [],
  uploader = "server-1",
}: Attempted): Pick<
  Head,
  "uploader" | "started" | "finished" | "status" | "storedBytes" | "holdUntil" | "keeps"
> {
  const started = startOfAttempt(attemptOf(days, tail)) ?? new Date(0);
  const byAttempt = new Map<string, number[]>();
  for (const [uploaded, index] of keeps) {
    const attempt = attemptOf(uploaded);
    byAttempt.set(attempt, [...(byAttempt.get(attempt) ?? []), index]);
  }
  const ranges = [...byAttempt].map(([attempt, indices]): [string, string] => [
    attempt,
    encodeRanges([...new Set(indices)].toSorted((one, other) => one - other)),
  ]);
  return {
    uploader,
    started: started.toISOString(),
    finished: new Date(started.getTime() + HOUR).toISOString(),
    status: "complete",
    storedBytes: keeps.length * 100,
    holdUntil: holdOfRun(started).toISOString(),
    keeps: Object.fromEntries(ranges),
  };
}
