import type { ArchiveFacts } from "./archive-facts.ts";
import type { Decision } from "./decision.ts";
import { planHost } from "./plan-host.ts";
import { checkPolicy, type RetentionPolicy } from "./policy.ts";

/**
 * Says of each archive whether it stays or goes, and why. It asks nothing of a store or a clock.
 * Order is by time, never by number. The answer is by host, newest first; the order of `archives`
 * is irrelevant.
 *
 * Only good archives count: complete, verified, and not damaged. Those of another uploader are decided apart.
 * Those of the Python program, which signed nothing, count for each other alone; verified ones count for them, too.
 *
 * @param now by the store's clock
 * @throws {CatalogError} code `invalid-policy`
 * @example
 * const inventory = await catalog.takeInventory("gandalf", trust);
 * const decisions = planRetention(assess(inventory), { ageDays: 30, keep: 1 }, inventory.now);
 */
export function planRetention<Archive extends ArchiveFacts>(
  archives: readonly Archive[],
  policy: RetentionPolicy,
  now: Date,
): Decision<Archive>[] {
  checkPolicy(policy);
  const hosts = new Map<string, Archive[]>();
  for (const archive of archives.toSorted(byHostNewestFirst)) {
    const ofHost = hosts.get(archive.id.host);
    if (ofHost === undefined) hosts.set(archive.id.host, [archive]);
    else ofHost.push(archive);
  }
  return [...hosts.values()].flatMap((ofHost) => planHost(ofHost, policy, now));
}

/** Of two of the same second nobody knows which is newer: any order does, if it is always the same. */
function byHostNewestFirst(
  { id: a, ...one }: ArchiveFacts,
  { id: b, ...other }: ArchiveFacts,
): number {
  const time = other.time.getTime() - one.time.getTime();
  return compare(a.host, b.host) || time || compare(b.attempt, a.attempt) || b.number - a.number;
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
