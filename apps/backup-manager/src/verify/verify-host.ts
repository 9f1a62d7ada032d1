import type { ArchiveCheck, ArchiveSummary, Finding } from "@backuppc-archive-s3/backup-catalog";
import { ManagerError } from "../manager-error.ts";
import type { Site } from "../site.ts";
import { errorLine } from "../text/error-line.ts";
import type { ReadArchive } from "./archive-in-check.ts";
import { checkData } from "./check-data.ts";
import type { CheckedData, DataCheck } from "./checked-data.ts";
import { checkUnsignedData } from "./check-unsigned-data.ts";
import { isDamage } from "./finding-text.ts";
import type { Verified } from "./verified.ts";

/** The result of checking the archives of a host. */
export interface VerifiedHost {
  readonly verified: readonly Verified[];
  /** Chunks that are lost or damaged, by their names below `chunks/<host>/`. */
  readonly lost: readonly string[];
}

/**
 * Checks the archives of one host: by lists, and if asked for by their data.
 *
 * @param archives the newest first
 * @param check undefined: no chunk is downloaded
 */
export async function verifyHost(
  archives: readonly ArchiveSummary[],
  check: DataCheck | undefined,
  site: Site,
  onArchive: () => void,
): Promise<VerifiedHost> {
  const read: ReadArchive[] = [];
  const report = await site.catalog.verify(archives, await site.trust(), {
    onArchive,
    ...(check !== undefined && {
      onManifest: ({ head }, manifest) => void read.push({ head, manifest }),
    }),
  });
  const data = check === undefined ? undefined : await checkData(read, check, site);
  const verified: Verified[] = [];
  for (const each of report.archives) {
    const { unsigned, opened } = each;
    const checked =
      check !== undefined && unsigned !== undefined
        ? await unsignedData(() => checkUnsignedData(unsigned, check, site))
        : opened && data?.get(opened.head);
    verified.push(merged(each, checked));
  }
  const names = new Set(report.damaged.map(({ name }) => name));
  for (const name of damagedNames(read, data, site)) names.add(name);
  return { verified, lost: [...names] };
}

async function unsignedData(check: () => Promise<CheckedData>): Promise<CheckedData> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof ManagerError)) throw error;
    return { chunks: 0, bytes: 0, findings: [], error: errorLine(error) };
  }
}

/** A chunk that is missing or short need not be reported twice. */
function merged({ archive, opened, findings }: ArchiveCheck, data?: CheckedData): Verified {
  const known = new Set(findings.map((finding) => ("key" in finding ? finding.key : "")));
  const more = (data?.findings ?? []).filter(
    (finding) => !("key" in finding) || !known.has(finding.key),
  );
  const all: Finding[] = [...findings, ...more];
  return { archive, trust: opened?.trust, findings: all, data, error: data?.error };
}

function damagedNames(
  read: readonly ReadArchive[],
  data: ReadonlyMap<ReadArchive["head"], CheckedData> | undefined,
  { catalog }: Site,
): string[] {
  return read.flatMap(({ head, manifest }) => {
    const findings = (data?.get(head)?.findings ?? []).filter(isDamage);
    const keys = new Set(findings.map((finding) => ("key" in finding ? finding.key : "")));
    if (keys.size === 0) return [];
    return manifest.chunks
      .filter(({ name }) => keys.has(catalog.chunkKey(head.host, name)))
      .map(({ name }) => name);
  });
}
