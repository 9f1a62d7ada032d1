import { readRunStatuses } from "@backuppc-archive-s3/archiver";
import { StoreError } from "@backuppc-archive-s3/s3-transport";
import { formatBytes } from "@backuppc-archive-s3/settings";
import type { ArchiveResult } from "../backuppc/find-result.ts";
import type { Backup } from "../backuppc/read-hosts.ts";
import { count } from "../text/count.ts";
import { errorLine } from "../text/error-line.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { printable } from "../text/printable.ts";
import { knownArchives } from "./known-archives.ts";
import { isArchived } from "./plan-run.ts";
import { archiveBackup, type ArchivingOptions } from "./archive-backup.ts";

export interface RunPlace extends Pick<ArchivingOptions, "topFolder" | "interval"> {
  /** Where BackupPC is installed. */
  readonly folder: string;
  readonly archiveHost: string;
  /** Where archive-host writes how far it is. */
  readonly stateDirectory: string;
}

/** What became of a host in a run. */
export interface RunResult {
  readonly host: string;
  /** BackupPC's backup number; undefined where there is no backup. */
  readonly number: number | undefined;
  readonly result: "archived" | "partial" | "failed" | "skipped" | "planned";
  /** Whether nobody need look at it. */
  readonly isWell: boolean;
  /** Why, in words; BackupPC's error where one was the cause. */
  readonly message: string;
}

/** Has a host's backup archived, and looks at the store for what came of it. Throws nothing: the next host is to have its turn. */
export async function runHost(
  host: string,
  backup: Backup,
  place: RunPlace,
  site: Site,
  output: Output,
): Promise<RunResult> {
  const about = { host, number: backup.number };
  const failed = (message: string): RunResult => {
    return { ...about, result: "failed", isWell: false, message };
  };
  try {
    const before = await attemptsOf(host, site);
    const ended = await archiveWhereWanted(host, backup, place, site, output);
    output.progress("");
    if (ended === undefined)
      return { ...about, result: "skipped", isWell: true, message: MEANWHILE };
    const { isWell, message } = ended;
    const made = (await site.catalog.list({ host, steady: true })).find(
      ({ id, status }) =>
        id.number === backup.number && !before.has(id.attempt) && status !== "incomplete",
    );
    if (made === undefined)
      return failed(isWell ? NOT_THERE : message || "BackupPC gives no reason");
    const size = `${count(made.newChunks ?? 0, "new chunk")}, ${formatBytes(made.newBytes ?? 0)} uploaded`;
    if (made.status === "complete")
      return { ...about, result: "archived", isWell: true, message: size };
    // By `sourceErrors` in the configuration, archive-host calls it well or not.
    return { ...about, result: "partial", isWell, message: message || size };
  } catch (error) {
    output.progress("");
    return failed(errorLine(error));
  }
}

/** Undefined where another run has archived it, since this one was planned or while it waited for its turn. */
async function archiveWhereWanted(
  host: string,
  backup: Backup,
  { folder, archiveHost, topFolder, stateDirectory, interval }: RunPlace,
  site: Site,
  output: Output,
): Promise<ArchiveResult | undefined> {
  const onWait: ArchivingOptions["onWait"] = async (state) =>
    output.progress(`${printable(host)}: ${await stateText(state, host, stateDirectory)}`);
  const wanted = async (): Promise<boolean> =>
    !isArchived(host, backup, await knownArchives(site, host));
  // A wait takes hours: the store may be away for some of them.
  const isWanted = async (): Promise<boolean> => await wanted().catch(unlessAway);
  const options = { topFolder, onWait, isWanted, ...(interval !== undefined && { interval }) };
  if (!(await wanted())) return undefined;
  return await archiveBackup({ folder, archiveHost, host, number: backup.number }, options);
}

/** Nothing is known then of another archive. */
function unlessAway(error: unknown): true {
  if (error instanceof StoreError && !error.permanent) return true;
  throw error;
}

const MEANWHILE = "another run has archived it meanwhile";
const NOT_THERE =
  "BackupPC says that it archived it, but there is no archive in the store: check ArchiveClientCmd of the archive host";

async function attemptsOf(host: string, site: Site): Promise<ReadonlySet<string>> {
  return new Set((await site.catalog.list({ host })).map(({ id }) => id.attempt));
}

async function stateText(
  state: "busy" | "running",
  host: string,
  stateDirectory: string,
): Promise<string> {
  if (state === "busy") return "waiting for another archive to end";
  const runs = await readRunStatuses(stateDirectory).catch(() => []);
  const run = runs.find(({ running, status }) => running && status.host === host)?.status;
  if (run === undefined) return "waiting for BackupPC";
  const percent = run.percent === null ? "" : `${run.percent} %, `;
  return `${percent}${formatBytes(run.tarBytes)} read, ${formatBytes(run.bytesPerSecond)}/s`;
}
