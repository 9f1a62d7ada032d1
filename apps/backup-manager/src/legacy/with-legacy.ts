import {
  type ArchiveCheck,
  type ArchiveId,
  type ArchiveSummary,
  type Catalog,
  CatalogError,
  LEGACY_ATTEMPT,
  type ListOptions,
  type Trust,
} from "@backuppc-archive-s3/backup-catalog";
import type { SiteArchive } from "../site.ts";
import { errorLine } from "../text/error-line.ts";
import { isLegacy, type LegacyBucketSite } from "./legacy-bucket-site.ts";

/** A catalog that knows legacy archives, too. */
export interface CatalogWithLegacy {
  readonly catalog: Catalog;
  /** Opens an archive of either program. Throws as `Catalog.openArchive`. */
  open(id: ArchiveId): Promise<SiteArchive>;
}

/** Our own archives, and what else belongs to the bucket that they are in. */
export interface OwnSite extends Pick<SiteArchive, "bucket" | "presigner"> {
  readonly catalog: Catalog;
  readonly trust: () => Promise<Trust>;
}

/**
 * Lists, opens, verifies and deletes the archives of both. Lists no archive that was deleted and whose head is kept
 * only for its hold.
 *
 * @param findBuckets those of the Python program; called once, when they are first needed
 * @param note gets a bucket that cannot be read: its archives are missing from the list
 */
export function withLegacy(
  { catalog: own, trust, ...place }: OwnSite,
  findBuckets: () => Promise<readonly LegacyBucketSite[]>,
  note: (line: string) => void,
): CatalogWithLegacy {
  const sources = new Sources(findBuckets);
  const catalog: Catalog = {
    ...own,
    async list(options) {
      const [ours, sites] = await Promise.all([own.list(options), sources.sites()]);
      const found = ours.filter(({ deleted }) => !deleted);
      for (const site of sites) found.push(...(await listBucket(site, sources, options, note)));
      return found.toSorted(byHostAndStart);
    },
    async verify(archives, trusted, options) {
      const ours = archives.filter(({ id }) => !isLegacy(id));
      const report = await own.verify(ours, trusted, options);
      const checks: ArchiveCheck[] = [];
      for (const archive of archives) {
        const { id } = archive;
        if (!isLegacy(id)) continue;
        const source = await sources.of(id);
        const findings = await source.catalog.verify(id, options);
        const check = { archive, findings, unsigned: source.catalog.open(id) };
        options?.onArchive?.(check);
        checks.push(check);
      }
      return { ...report, archives: [...report.archives, ...checks] };
    },
    async delete(id, options = {}) {
      if (!isLegacy(id)) return await own.delete(id, options);
      const { purgeVersions: _, notRunning: __, ...others } = options;
      return await (await sources.of(id)).catalog.delete(id, others);
    },
  };
  return {
    catalog,
    async open(id) {
      if (!isLegacy(id)) return { ...(await own.open(id, await trust())), ...place };
      const { catalog: legacy, bucket, presigner } = await sources.of(id);
      return { ...legacy.open(id), bucket, presigner };
    },
  };
}

async function listBucket(
  site: LegacyBucketSite,
  sources: Sources,
  options: ListOptions | undefined,
  note: (line: string) => void,
): Promise<ArchiveSummary[]> {
  try {
    const archives = await site.catalog.list(options);
    return archives.map((archive) => ({ ...archive, id: sources.add(archive.id, site) }));
  } catch (error) {
    note(`the Python program's bucket ${site.bucket} is left out: ${errorLine(error)}`);
    return [];
  }
}

/** Which bucket a legacy archive is in, by the ids that they have beside our own. */
class Sources {
  readonly #findBuckets: () => Promise<readonly LegacyBucketSite[]>;
  #sites: Promise<readonly LegacyBucketSite[]> | undefined;
  readonly #byName = new Map<string, LegacyBucketSite>();

  constructor(findBuckets: () => Promise<readonly LegacyBucketSite[]>) {
    this.#findBuckets = findBuckets;
  }

  async sites(): Promise<readonly LegacyBucketSite[]> {
    return await (this.#sites ??= this.#findBuckets());
  }

  /** The Python program knew no attempts; after a change of the access key, two buckets may have the same backup. */
  add(id: ArchiveId, site: LegacyBucketSite): ArchiveId {
    const isTaken = (this.#byName.get(nameOf(id)) ?? site).bucket !== site.bucket;
    const distinct = isTaken ? { ...id, attempt: LEGACY_ATTEMPT + IN + site.bucket } : id;
    this.#byName.set(nameOf(distinct), site);
    return distinct;
  }

  /** Need not have been listed before. @throws {CatalogError} code `not-found` */
  async of(id: ArchiveId): Promise<LegacyBucketSite> {
    const known = this.#byName.get(nameOf(id));
    if (known !== undefined) return known;
    for (const site of await this.sites()) {
      const listed = await site.catalog.list({ host: id.host });
      for (const archive of listed) this.add(archive.id, site);
      const found = this.#byName.get(nameOf(id));
      if (found !== undefined) return found;
    }
    throw notFound(id);
  }
}

/** Between the attempt and the bucket. */
const IN = "@";

function notFound({ host, number }: ArchiveId): CatalogError {
  const message = `${host} ${number} is in none of the Python program's buckets.`;
  return new CatalogError("not-found", message);
}

function nameOf({ host, number, attempt }: ArchiveId): string {
  return JSON.stringify([host, number, attempt]);
}

function byHostAndStart(a: ArchiveSummary, b: ArchiveSummary): number {
  if (a.id.host !== b.id.host) return a.id.host < b.id.host ? -1 : 1;
  return a.started.getTime() - b.started.getTime();
}
