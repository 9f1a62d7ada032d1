import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import type { ListInvocation } from "./command.ts";
import { archiveJson } from "../json/archive.ts";
import type { Drills } from "../drill/drill-files.ts";
import { jsonText } from "../json/json-text.ts";
import { lastDrillJson } from "../json/last-drill.ts";
import { noSuchArchive, noSuchHost } from "../manager-error.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { storeTime } from "../store-time.ts";
import { archiveTable } from "./archive-table.ts";
import { archivesOfHosts } from "./archives-of-hosts.ts";
import { type DrillsJson, listJsonSchema } from "./list-json.ts";
import {
  isAnythingMissing,
  type MissingArchives,
  missingArchives,
  noteMissing,
} from "./missing-archives.ts";
import { noteUnknownKeys } from "./note-unknown-keys.ts";
import { noteUndrilled, undrilledHosts } from "./undrilled-hosts.ts";
import { unfinishedBusiness } from "./unfinished-business.ts";

type Asked = Pick<ListInvocation, "host" | "number" | "overdue" | "undrilled" | "json" | "quiet">;

/** Lists the archives, reading no object. */
export async function list(asked: Asked, site: Site, output: Output): Promise<Outcome> {
  const { found, missing } = await look(asked, site, output);
  const now = storeTime(site.store);
  const archives = asked.quiet ? unfinishedBusiness(found, now) : found;
  const { undrilled: days } = asked;
  const drills = await drillsOf(site, output);
  const undrilled = days === undefined ? [] : undrilledHosts(found, drills, days, new Date());
  if (asked.json) {
    const checked = {
      ...(asked.overdue !== undefined && { overdueHosts: [...missing.overdue] }),
      ...(days !== undefined && { undrilledHosts: undrilled }),
      drills: drillsJson(archives, drills),
    };
    const result = { format: 1 as const, archives: archives.map(archiveJson), ...checked };
    await output.result(jsonText(listJsonSchema, result));
  } else if (archives.length > 0) await output.result(archiveTable(archives, now, drills));
  else if (!asked.quiet) await output.result(`There are no archives in ${site.name}.\n`);
  noteMissing(missing, found, asked.overdue, site, output);
  if (days !== undefined) noteUndrilled(undrilled, drills, days, output);
  return isAnythingMissing(missing) || undrilled.length > 0 ? "failed" : "done";
}

/** Not above: nothing else of `list` needs what reads them. */
async function drillsOf({ stateDirectory }: Site, output: Output): Promise<Drills> {
  const { readDrills } = await import("../drill/drill-files.ts");
  return await readDrills(stateDirectory, (line) => output.note(line));
}

function drillsJson(archives: readonly ArchiveSummary[], drills: Drills): DrillsJson {
  return [...archivesOfHosts(archives).keys()].flatMap((host) => {
    const kept = drills.get(host);
    return kept === undefined ? [] : [{ host, ...lastDrillJson(kept) }];
  });
}

interface Look {
  readonly found: readonly ArchiveSummary[];
  readonly missing: MissingArchives;
}

/** One list alone raises no alarm: it may have left something out. */
async function look(asked: Asked, site: Site, output: Output): Promise<Look> {
  const lookOnce = async (steady: boolean): Promise<Look> => {
    const found = await findArchives({ ...asked, steady }, site, output);
    return { found, missing: await missingArchives(found, asked, site, storeTime(site.store)) };
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
