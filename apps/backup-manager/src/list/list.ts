import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import type { ListInvocation } from "./command.ts";
import { archiveJson } from "../json/archive.ts";
import { jsonText } from "../json/json-text.ts";
import { noSuchArchive, noSuchHost } from "../manager-error.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { archiveTable } from "./archive-table.ts";
import { listJsonSchema } from "./list-json.ts";
import {
  isAnythingMissing,
  type MissingArchives,
  missingArchives,
  noteMissing,
} from "./missing-archives.ts";
import { noteUnknownKeys } from "./note-unknown-keys.ts";
import { unfinishedBusiness } from "./unfinished-business.ts";

type Asked = Pick<ListInvocation, "host" | "number" | "overdue" | "json" | "quiet">;

/** Lists the archives, reading no object. */
export async function list(asked: Asked, site: Site, output: Output): Promise<Outcome> {
  const now = new Date();
  const { found, missing } = await look(asked, site, output, now);
  const archives = asked.quiet ? unfinishedBusiness(found, now) : found;
  if (asked.json) {
    const checked = asked.overdue === undefined ? {} : { overdueHosts: [...missing.overdue] };
    const result = { format: 1 as const, archives: archives.map(archiveJson), ...checked };
    await output.result(jsonText(listJsonSchema, result));
  } else if (archives.length > 0) await output.result(archiveTable(archives, now));
  else if (!asked.quiet) await output.result(`There are no archives in ${site.name}.\n`);
  noteMissing(missing, asked.overdue, site, output);
  return isAnythingMissing(missing) ? "failed" : "done";
}

interface Look {
  readonly found: readonly ArchiveSummary[];
  readonly missing: MissingArchives;
}

/** One list alone raises no alarm: it may have left something out. */
async function look(asked: Asked, site: Site, output: Output, now: Date): Promise<Look> {
  const lookOnce = async (steady: boolean): Promise<Look> => {
    const found = await findArchives({ ...asked, steady }, site, output);
    return { found, missing: await missingArchives(found, asked, site, now) };
  };
  const first = await lookOnce(false);
  return isAnythingMissing(first.missing) ? await lookOnce(true) : first;
}

async function findArchives(
  { host, number, steady }: Asked & { readonly steady: boolean },
  { catalog, name }: Site,
  output: Output,
): Promise<ArchiveSummary[]> {
  const unknown: string[] = [];
  const onUnknownKey = (key: string): void => void unknown.push(key);
  const found = await catalog.list({ ...(host !== undefined && { host }), onUnknownKey, steady });
  if (!steady) noteUnknownKeys(unknown, output);
  if (host !== undefined && found.length === 0) throw noSuchHost(host, name);
  const archives = found.filter(({ id }) => number === undefined || id.number === number);
  if (host !== undefined && archives.length === 0) throw noSuchArchive(host, number);
  return archives;
}
