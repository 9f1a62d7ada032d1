import { startOfAttempt } from "../attempt-id.ts";
import type { Garbage, GarbageReason, GcPlan, Holding } from "./garbage.ts";

/** A day, in milliseconds: unless given, what stays unfinalized for so long is garbage. */
export const STALE_AFTER = 86_400_000;

export interface GcRules {
  readonly now: Date;
  /** Milliseconds since the attempt's start, and since its youngest object; {@link STALE_AFTER} unless given. */
  readonly staleAfter?: number;
}

/**
 * Which holdings no archive needs, and why. Asks nothing of a store.
 *
 * @example
 * const plan = planGc(await catalog.takeInventory(), { now: new Date() });
 * for (const garbage of plan.garbage) await catalog.collect(garbage);
 */
export function planGc(inventory: readonly Holding[], rules: GcRules): GcPlan {
  const garbage: Garbage[] = [];
  const spared: Holding[] = [];
  for (const holding of inventory) {
    if (holding.status !== "unfinalized") continue;
    if (isYoung(holding, rules)) spared.push(holding);
    else garbage.push({ ...holding, reason: reasonOf(holding) });
  }
  return { garbage, spared };
}

/** An attempt may be resumed days after its start: then its youngest object tells that it lives. */
function isYoung(
  { id, objects, newest }: Holding,
  { now, staleAfter = STALE_AFTER }: GcRules,
): boolean {
  if (objects === 0) return false;
  const times = [startOfAttempt(id.attempt), newest].map((time) => time?.getTime() ?? 0);
  return now.getTime() - Math.max(...times) < staleAfter;
}

function reasonOf({ objects, begun }: Holding): GarbageReason {
  if (objects === 0) return "hidden";
  return begun ? "unfinalized" : "orphaned";
}
