import {
  type ArchiveCheck,
  type ArchiveId,
  type ArchiveSummary,
  type Catalog,
  type ListOptions,
  LEGACY_ATTEMPT,
} from "@backuppc-archive-s3/backup-catalog";
import { errorLine } from "../text/error-line.ts";
import type { LegacyBucketSite, LegacySource } from "./legacy-source.ts";

/** A catalog that knows legacy archives, too. */
export interface CatalogWithLegacy {
  readonly catalog: Catalog;
  /** Where an archive that `list` has shown comes from; undefined for one of our own. */
  legacyOf(id: ArchiveId): LegacySource | undefined;
}

/**
 * Lists, verifies and deletes the archives of both. Lists no archive that was deleted and whose head is kept
 * only for its hold.
 *
 * @param findBuckets those of the Python program; called once, at the first list
 * @param note gets a bucket that cannot be read: its archives are missing from the list
 */
export function withLegacy(
  own: Catalog,
  findBuckets: () => Promise<readonly LegacyBucketSite[]>,
  note: (line: string) => void,
): CatalogWithLegacy {
  let buckets: Promise<readonly LegacyBucketSite[]> | undefined;
  const sources = new Sources();
  const catalog: Catalog = {
    ...own,
    async list(options) {
      buckets ??= findBuckets();
      const [ours, sites] = await Promise.all([own.list(options), buckets]);
      const found = ours.filter(({ deleted }) => !deleted);
      for (const site of sites) found.push(...(await listBucket(site, sources, options, note)));
      return found.toSorted(byHostAndStart);
    },
    async verify(archives, trust, options) {
      const ours = archives.filter(({ id }) => sources.of(id) === undefined);
      const report = await own.verify(ours, trust, options);
      const checks: ArchiveCheck[] = [];
      for (const archive of archives) {
        const source = sources.of(archive.id);
        if (source === undefined) continue;
        const check = { archive, findings: await source.site.catalog.verify(archive.id, options) };
        options?.onArchive?.(check);
        checks.push(check);
      }
      return { ...report, archives: [...report.archives, ...checks] };
    },
    async delete(id, options = {}) {
      const source = sources.of(id);
      if (source === undefined) return await own.delete(id, options);
      const { purgeVersions: _, notRunning: __, ...others } = options;
      return await source.site.catalog.delete(id, others);
    },
  };
  return { catalog, legacyOf: (id) => sources.of(id) };
}

async function listBucket(
  site: LegacyBucketSite,
  sources: Sources,
  options: ListOptions | undefined,
  note: (line: string) => void,
): Promise<ArchiveSummary[]> {
  try {
    const archives = await site.catalog.list(options);
    return archives.map((archive) => ({ ...archive, id: sources.add({ archive, site }) }));
  } catch (error) {
    note(`the Python program's bucket ${site.bucket} is left out: ${errorLine(error)}`);
    return [];
  }
}

/** Legacy archives that were listed, by the ids that they have beside our own. */
class Sources {
  readonly #byName = new Map<string, LegacySource>();

  of(id: ArchiveId): LegacySource | undefined {
    return this.#byName.get(nameOf(id));
  }

  /** The Python program knew no attempts; after a change of the access key, two buckets may have the same backup. */
  add(source: LegacySource): ArchiveId {
    const { id } = source.archive;
    const { bucket } = source.site;
    const isTaken = (this.of(id)?.site.bucket ?? bucket) !== bucket;
    const distinct = isTaken ? { ...id, attempt: `${LEGACY_ATTEMPT}@${bucket}` } : id;
    this.#byName.set(nameOf(distinct), source);
    return distinct;
  }
}

function nameOf({ host, number, attempt }: ArchiveId): string {
  return JSON.stringify([host, number, attempt]);
}

function byHostAndStart(a: ArchiveSummary, b: ArchiveSummary): number {
  if (a.id.host !== b.id.host) return a.id.host < b.id.host ? -1 : 1;
  return a.started.getTime() - b.started.getTime();
}
