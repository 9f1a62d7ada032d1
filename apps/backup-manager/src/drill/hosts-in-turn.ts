import type { Drills } from "./drill-files.ts";

/**
 * The hosts in the order of their turns: those never drilled by name, then the one whose last drill is the longest ago. Failed
 * ones count, too: a host that fails every night would keep all others from their turn.
 */
export function hostsInTurn(hosts: Iterable<string>, drills: Drills): string[] {
  const last = (host: string): string => drills.get(host)?.last.time ?? "";
  return [...hosts].toSorted((a, b) => compare(last(a), last(b)) || compare(a, b));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
