import { ChunkTable } from "./chunk-table.ts";
import { type AttemptClass, classifyAttempt, expiryOf, SETTLED_MS } from "./classify-attempt.ts";
import type { GarbageAttempt, GcPlan, GcRules } from "./gc-plan.ts";
import type { Inventory, ListedAttempt, ListedChunk } from "./inventory.ts";
import { type IsReleased, releasedBy } from "./released-by.ts";

/**
 * Which chunks and records of a host no archive needs, and why nothing may go where that is not known.
 * Asks nothing of a store.
 *
 * A chunk is garbage if no head names it and it is older than `D + M`; with the host's lock, also if it stands in the
 * chunk index and only deleted archives name it. Heads without a marker go when their hold has run out.
 *
 * @example
 * const plan = planGc(await catalog.takeInventory("gandalf", trust));
 * await catalog.collect(plan);
 */
export function planGc(inventory: Inventory, rules: GcRules = {}): GcPlan {
  const { host, chunks } = inventory;
  const now = inventory.now.getTime();
  const attempts = inventory.attempts.map((attempt) => ({
    attempt,
    is: classifyAttempt(attempt, now),
  }));
  for (const { is } of attempts)
    if (is.kind === "refusal") return { ...nothingOf(host), refusal: is.refusal };
  const otherUploader = otherHold(attempts, rules, now);
  const releasable = otherUploader === undefined ? rules.lock?.names : undefined;
  const table = new ChunkTable(chunks);
  const named = nameChunks(attempts, table);
  const sorted = sortChunks(chunks, named, now, releasable);
  const isReleased = releasedBy(releasable, table, new Set(sorted.garbage));
  const doomed = garbageAttempts(attempts, isReleased);
  return {
    host,
    chunks: sorted.garbage,
    strike: sorted.garbage.filter((chunk) => named.held.has(chunk)).map(({ name }) => name),
    attempts: doomed,
    freedBytes: bytesOf(sorted.garbage) + doomed.reduce((sum, { bytes }) => sum + bytes, 0),
    ...later(sorted.later, named.held),
    youngBytes: bytesOf(sorted.young),
    ...(otherUploader !== undefined && { otherUploader }),
  };
}

interface Classified {
  readonly attempt: ListedAttempt;
  readonly is: AttemptClass;
}

/** Which chunks are named by an archive, and which by deleted ones: until when they hold, in milliseconds since 1970. */
interface Named {
  readonly kept: ReadonlySet<ListedChunk>;
  readonly held: ReadonlyMap<ListedChunk, number>;
}

function nothingOf(host: string): GcPlan {
  const none = { chunks: [], strike: [], attempts: [] };
  return { host, ...none, freedBytes: 0, laterBytes: 0, youngBytes: 0 };
}

/** An archive of another uploader that its own runs may still reuse chunks of: our lock does not stop them. */
function otherHold(
  attempts: readonly Classified[],
  { lock }: GcRules,
  now: number,
): ListedAttempt["id"] | undefined {
  const other = attempts.find(({ is }) => {
    if (lock === undefined || (is.kind !== "keeps" && is.kind !== "holds")) return false;
    return is.head.head.uploader !== lock.uploader && now <= expiryOf(is.head);
  });
  return other?.attempt.id;
}

function nameChunks(attempts: readonly Classified[], table: ChunkTable): Named {
  const kept = new Set<ListedChunk>();
  const held = new Map<ListedChunk, number>();
  for (const { is } of attempts) {
    if (is.kind === "keeps") for (const chunk of table.keptBy(is.head.head.keeps)) kept.add(chunk);
    if (is.kind !== "holds") continue;
    for (const chunk of table.keptBy(is.head.head.keeps))
      held.set(chunk, Math.max(held.get(chunk) ?? 0, is.expiry));
  }
  return { kept, held };
}

interface SortedChunks {
  readonly garbage: ListedChunk[];
  readonly later: ListedChunk[];
  readonly young: ListedChunk[];
}

function sortChunks(
  chunks: readonly ListedChunk[],
  { kept, held }: Named,
  now: number,
  releasable: ReadonlySet<string> = new Set(),
): SortedChunks {
  const sorted: SortedChunks = { garbage: [], later: [], young: [] };
  for (const chunk of chunks) {
    if (kept.has(chunk)) continue;
    const isSettled = now - chunk.modifiedMs > SETTLED_MS;
    if (held.has(chunk)) (releasable.has(chunk.name) ? sorted.garbage : sorted.later).push(chunk);
    else (isSettled ? sorted.garbage : sorted.young).push(chunk);
  }
  return sorted;
}

function garbageAttempts(
  attempts: readonly Classified[],
  isReleased: IsReleased,
): GarbageAttempt[] {
  return attempts.flatMap(({ attempt, is }): GarbageAttempt[] => {
    if (is.kind === "garbage") return [{ ...attempt, reason: is.reason }];
    const released = is.kind === "holds" && isReleased(is.head.head);
    return released ? [{ ...attempt, reason: "released" }] : [];
  });
}

function later(
  chunks: readonly ListedChunk[],
  held: ReadonlyMap<ListedChunk, number>,
): Pick<GcPlan, "laterBytes" | "laterAfter"> {
  if (chunks.length === 0) return { laterBytes: 0 };
  let last = 0;
  for (const chunk of chunks)
    last = Math.max(last, held.get(chunk) ?? 0, chunk.modifiedMs + SETTLED_MS);
  return { laterBytes: bytesOf(chunks), laterAfter: new Date(last) };
}

function bytesOf(chunks: readonly ListedChunk[]): number {
  return chunks.reduce((sum, { length, hiddenBytes = 0 }) => sum + length + hiddenBytes, 0);
}
