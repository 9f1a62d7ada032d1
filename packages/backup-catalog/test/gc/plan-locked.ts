import { type GcPlan, type GcRules, type Inventory, planGc } from "../../src/index.ts";

/** A plan with the host's lock of the uploader that tests write with; the index knows these chunks, or all. */
export function planLocked(inventory: Inventory, known = inventory.chunks): GcPlan {
  return planGc(inventory, lockOf(known));
}

export function lockOf(known: Inventory["chunks"]): GcRules {
  return { lock: { uploader: "server-1", names: new Set(known.map(({ name }) => name)) } };
}
