import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import type { Drills } from "../drill/drill-files.ts";
import type { Output } from "../output.ts";
import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";
import { archivesOfHosts } from "./archives-of-hosts.ts";

/** The hosts whose last proof by a drill is older than so many days, or that have none. */
export function undrilledHosts(
  archives: readonly ArchiveSummary[],
  drills: Drills,
  days: number,
  now: Date,
): string[] {
  const oldest = now.getTime() - days * A_DAY;
  const provenAt = (host: string): number => Date.parse(drills.get(host)?.proven?.time ?? NEVER);
  return [...archivesOfHosts(archives).keys()].filter((host) => provenAt(host) < oldest);
}

const NEVER = "0000-01-01T00:00:00Z";
/** Milliseconds. */
const A_DAY = 86_400_000;

export function noteUndrilled(
  hosts: readonly string[],
  drills: Drills,
  days: number,
  output: Output,
): void {
  for (const host of hosts) {
    const title = printable(host);
    const isOld = Boolean(drills.get(host)?.proven);
    const word = /^[\w.-]+$/.test(title) ? title : `'${title}'`;
    const what = isOld ? `proven ${title} for ${count(days, "day")}` : `ever proven ${title}`;
    output.note(`no drill has ${what}. Run \`backup-manager drill -H ${word}\`.`);
  }
}
