import { findBackupPc } from "../backuppc/backuppc-folder.ts";
import { type BackedUpHost, readBackupPcHosts } from "../backuppc/read-hosts.ts";
import { jsonText } from "../json/json-text.ts";
import { ManagerError } from "../manager-error.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { chooseArchiveHost } from "../start/start-archives.ts";
import { storeTime } from "../store-time.ts";
import { printable } from "../text/printable.ts";
import { chosenHosts } from "./chosen-hosts.ts";
import type { RunInvocation } from "./command.ts";
import { knownArchives } from "./known-archives.ts";
import { type HostDecision, type KnownArchive, planRun } from "./plan-run.ts";
import { runHost, type RunPlace, type RunResult } from "./run-host.ts";
import { runJsonSchema } from "./run-json.ts";
import { runTable } from "./run-table.ts";

export interface RunOptions {
  /** Where BackupPC may be. */
  readonly folders?: readonly string[];
  /** Milliseconds between two looks at BackupPC. */
  readonly interval?: number;
}

/** Archives what is due, one host after the other, whatever becomes of those before. */
export async function runArchives(
  asked: RunInvocation,
  site: Site,
  output: Output,
  { folders, interval }: RunOptions = {},
): Promise<Outcome> {
  const folder = await findBackupPc(folders);
  const backuppc = await readBackupPcHosts(folder);
  const archiveHost = chooseArchiveHost(backuppc, asked.archiveHost);
  const known = await knownArchives(site);
  const hosts = wantedHosts(backuppc.hosts, known, asked, site, output);
  const plan = planRun(hosts, known, site.schedule, storeTime(site.store));
  const { topFolder } = backuppc;
  const { stateDirectory } = site.schedule;
  const place = {
    folder,
    archiveHost,
    topFolder,
    stateDirectory,
    ...(interval !== undefined && { interval }),
  };
  const results: RunResult[] = [];
  for (const decision of plan.toSorted(skippedLast))
    results.push(await resultOf(decision, asked, place, site, output));
  await report(results, archiveHost, asked, output);
  return results.every(({ isWell }) => isWell) ? "done" : "failed";
}

function skippedLast(a: HostDecision, b: HostDecision): number {
  return Number(a.action === "skip") - Number(b.action === "skip");
}

function wantedHosts(
  all: readonly BackedUpHost[],
  known: readonly KnownArchive[],
  { host }: RunInvocation,
  site: Site,
  output: Output,
): readonly BackedUpHost[] {
  if (host !== undefined) {
    const found = all.filter(({ name }) => name === host);
    if (found.length > 0) return found;
    const hint = `It backs up: ${all.map(({ name }) => printable(name)).join(", ")}.`;
    throw new ManagerError("no-such-host", `BackupPC backs up no host ${printable(host)}`, hint);
  }
  const { chosen, unknown } = chosenHosts(
    all,
    site.schedule,
    new Set(known.map(({ host: name }) => name)),
  );
  for (const pattern of unknown)
    output.note(`the configuration names a host that BackupPC does not back up: ${pattern}`);
  return chosen;
}

async function resultOf(
  decision: HostDecision,
  { test }: RunInvocation,
  place: RunPlace,
  site: Site,
  output: Output,
): Promise<RunResult> {
  const { host, backup } = decision;
  const number = backup?.number;
  if (decision.action === "skip")
    return { host, number, result: "skipped", isWell: true, message: WHY[decision.reason] };
  if (test) {
    const message = `${decision.backup.type} backup`;
    return { host, number, result: "planned", isWell: true, message };
  }
  const result = await runHost(host, decision.backup, place, site, output);
  if (!result.isWell)
    output.note(`${printable(host)} ${result.number}: ${result.result}: ${result.message}`);
  return result;
}

const WHY = {
  "no-backup": "BackupPC has no backup of it yet that could be archived",
  archived: "it is archived already",
  "not-due": "it is not due yet",
} as const;

async function report(
  results: readonly RunResult[],
  archiveHost: string,
  { json, quiet, test }: RunInvocation,
  output: Output,
): Promise<void> {
  if (json) {
    const hosts = results.map(({ host, number = null, result, message }) => {
      return { host, number, result, message };
    });
    const result = { format: 1 as const, test, archiveHost, hosts };
    await output.result(jsonText(runJsonSchema, result));
  } else if (!quiet) await output.result(runTable(results));
}
