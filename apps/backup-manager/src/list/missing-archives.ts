import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { isLegacy } from "../legacy/legacy-bucket-site.ts";
import type { ListInvocation } from "./command.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { count } from "../text/count.ts";
import { printable } from "../text/printable.ts";
import { fitsAny } from "../run-command/chosen-hosts.ts";
import { isComplete } from "./archives-of-hosts.ts";
import { overdueHosts } from "./overdue-hosts.ts";

/** What should be in the list of archives, and is not. */
export interface MissingArchives {
  /** Hosts without a complete archive of the last days, where that was asked for; with those that vanished. */
  readonly overdue: readonly string[];
  /** Those among them that BackupPC backs up and of which there has never been an archive. */
  readonly never: readonly string[];
  /** Hosts of which there is no archive at all, though this machine's chunk indexes know of one. */
  readonly vanished: readonly string[];
  /** Archives were expected, and there is none of any host. */
  readonly all: boolean;
}

type Asked = Pick<ListInvocation, "host" | "overdue" | "undrilled">;

/** @param found all archives, or all of the host that was asked for */
export async function missingArchives(
  found: readonly ArchiveSummary[],
  { host, overdue: days, undrilled }: Asked,
  site: Site,
  now: Date,
): Promise<MissingArchives> {
  const listed = new Set(found.filter(({ id }) => !isLegacy(id)).map(({ id }) => id.host));
  const vanished = host === undefined ? await site.vanishedHosts(listed) : [];
  const none = found.length === 0 && vanished.length === 0;
  if (days === undefined)
    return { overdue: [], never: [], vanished, all: none && undrilled !== undefined };
  const isExcluded = fitsAny(site.schedule.excludeHosts);
  const never = host === undefined ? await neverArchived(found, site) : [];
  const late = overdueHosts(found, days, now).filter((name) => !isExcluded(name));
  const overdue = new Set([...late, ...never, ...vanished]);
  return {
    never: never.filter((name) => !vanished.includes(name)),
    overdue: [...overdue].toSorted(),
    vanished,
    all: overdue.size === 0 && found.length === 0,
  };
}

/** By BackupPC's own list, where it is on this machine. */
async function neverArchived(found: readonly ArchiveSummary[], site: Site): Promise<string[]> {
  const known = new Set(found.map(({ id }) => id.host));
  return ((await site.hostsToArchive()) ?? []).filter((name) => !known.has(name));
}

export function isAnythingMissing({ overdue, vanished, all }: MissingArchives): boolean {
  return all || overdue.length + vanished.length > 0;
}

export function noteMissing(
  { overdue, never, vanished, all }: MissingArchives,
  found: readonly ArchiveSummary[],
  days: number | undefined,
  site: Pick<Site, "name">,
  output: Output,
): void {
  for (const host of vanished)
    output.note(
      `${printable(host)} has no archive in ${site.name} any more, but its chunk index says that it must have one: ${REMEDY}`,
    );
  const time = count(days ?? 0, "day");
  const complete = new Set(found.filter(isComplete).map(({ id }) => id.host));
  for (const host of overdue)
    if (never.includes(host)) output.note(`${printable(host)} has never been archived`);
    else if (!vanished.includes(host))
      output.note(
        complete.has(host)
          ? `${printable(host)} has had no complete archive for ${time}`
          : `${printable(host)} has no complete archive`,
      );
  if (all) output.note(`there is no archive at all in ${site.name}: ${REMEDY}`);
}

const REMEDY =
  "check `bucket`, `prefix` and `endpoint` in the configuration, and whether someone has emptied the bucket";
