import type { GcPlan, GcRules } from "./gc-plan.ts";
import type { Inventory } from "./inventory.ts";

/**
 * Which chunks and records of a host no archive needs, and why nothing may go where that is not known. Asks
 * nothing of a store.
 *
 * @example
 * const plan = planGc(await catalog.takeInventory("gandalf", trust));
 * await catalog.collect(plan);
 */
export function planGc(_inventory: Inventory, _rules: GcRules = {}): GcPlan {
  throw new Error("not yet");
}
