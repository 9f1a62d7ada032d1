import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { isLegacy } from "../legacy/legacy-bucket-site.ts";
import { archivesOfHosts } from "../list/archives-of-hosts.ts";
import { openCandidates } from "../script/candidate.ts";
import type { Site } from "../site.ts";
import { printable } from "../text/printable.ts";
import type { Kit } from "./kit-json.ts";

type Good = Kit["hosts"][number]["good"];

/** The newest archive of each host, legacy ones left out, that is complete, signed, and whose chunks are all in the bucket; null if a host has none. */
export async function goodArchives(
  all: readonly ArchiveSummary[],
  site: Site,
  onHost: (line: string) => void,
): Promise<ReadonlyMap<string, Good>> {
  const good = new Map<string, Good>();
  const own = all.filter(({ id }) => !isLegacy(id));
  for (const [host, archives] of archivesOfHosts(own)) {
    onHost(`checking ${printable(host)}`);
    good.set(host, await newestGood(archives, site));
  }
  return good;
}

async function newestGood(archives: readonly ArchiveSummary[], site: Site): Promise<Good> {
  const complete = archives.filter(({ status }) => status === "complete");
  const candidates = await openCandidates(complete, site);
  const verified = candidates.filter(({ trust }) => trust.state === "verified");
  for (const { archive, time } of verified.toSorted((a, b) => b.time - a.time)) {
    const report = await site.catalog.verify([archive], await site.trust());
    const isGood = report.archives.every(({ findings }) => findings.every(isHarmless));
    if (isGood) {
      const { id, storedBytes = null } = archive;
      const { number, attempt } = id;
      return { number, attempt, time: new Date(time).toISOString(), storedBytes };
    }
  }
  return null;
}

/** A record that nobody needs harms no restore. */
function isHarmless({ kind }: { readonly kind: string }): boolean {
  return kind === "extra";
}
