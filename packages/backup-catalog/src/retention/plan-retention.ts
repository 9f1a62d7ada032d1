import type { ArchiveFacts } from "./archive-facts.ts";
import type { Decision } from "./decision.ts";
import type { RetentionPolicy } from "./policy.ts";

/**
 * Says of each archive whether it stays or goes, and why. It asks nothing of a store or a clock.
 * Order is by time, never by number. The answer is by host, newest first; the order of `archives`
 * is irrelevant.
 *
 * Only good archives count: verified, and all chunks in the lists. Those of another uploader are decided apart;
 * those of the predecessor, which signed nothing, count for each other alone.
 *
 * @param now by the store's clock
 * @throws {CatalogError} code `invalid-policy`
 * @example
 * const inventory = await catalog.takeInventory("gandalf", trust);
 * const decisions = planRetention(assess(inventory), { age: 30, keep: 1 }, inventory.now);
 */
export function planRetention<Archive extends ArchiveFacts>(
  _archives: readonly Archive[],
  _policy: RetentionPolicy,
  _now: Date,
): Decision<Archive>[] {
  throw new Error("not yet");
}
