import { type ArchiveSummary, CatalogError } from "@backuppc-archive-s3/backup-catalog";
import { ManagerError } from "../manager-error.ts";
import type { Candidate } from "../script/candidate.ts";
import { findArchive } from "../script/find-archive.ts";
import { errorLine } from "../text/error-line.ts";
import { faultOfCall } from "./cannot-drill.ts";
import type { DrillInvocation } from "./command.ts";
import type { DrillContext } from "./drill.ts";
import { drillArchive, type DrilledArchive } from "./drill-archive.ts";
import { readDrills, writeDrills } from "./drill-files.ts";
import type { DrillJson } from "./drill-json.ts";
import { afterDrill } from "./drill-record.ts";
import { type DrillVerdict, verdictOf } from "./drill-verdict.ts";

/**
 * Drills the newest good archive of a host, or the one that was asked for, and keeps the result in `stateDirectory`. What
 * sabotage shows is not kept: it says nothing of the archive.
 *
 * @throws {ManagerError} code `no-such-archive` if the host was asked for; as `faultOfCall`
 */
export async function drillHost(
  host: string,
  archives: readonly ArchiveSummary[],
  asked: DrillInvocation,
  context: DrillContext,
): Promise<DrillJson> {
  const started = new Date();
  const done = await tryDrill(host, archives, asked, context);
  const { candidate, drilled, verdict } = done;
  const json: DrillJson = {
    host,
    number: candidate?.archive.id.number ?? null,
    attempt: candidate?.archive.id.attempt ?? null,
    started: started.toISOString(),
    scope: asked.full === undefined ? "members" : "full",
    againstBackuppc: asked.againstBackuppc,
    result: verdict.result,
    reason: verdict.reason ?? null,
    members: drilled?.members ?? 0,
    bytes: drilled?.bytes ?? 0,
    differences: [...(drilled?.differences ?? [])],
    seconds: rounded(drilled?.script.seconds),
    secondsForAll: rounded(drilled?.secondsForAll),
  };
  if (!asked.test && !asked.sabotage) await keep(json, context);
  return json;
}

interface Done {
  readonly candidate?: Candidate | undefined;
  readonly drilled?: DrilledArchive;
  readonly verdict: DrillVerdict | { readonly result: "not run"; readonly reason: undefined };
}

async function tryDrill(
  host: string,
  archives: readonly ArchiveSummary[],
  asked: DrillInvocation,
  context: DrillContext,
): Promise<Done> {
  let candidate: Candidate | undefined;
  try {
    candidate = await choose(host, archives, asked, context);
    if (asked.test) return { candidate, verdict: { result: "not run", reason: undefined } };
    const drilled = await drillArchive(candidate, asked, context);
    return { candidate, drilled, verdict: verdictOf(drilled, asked.sabotage) };
  } catch (error) {
    if (asked.target.host !== undefined && isOfRequest(error)) throw error;
    const fault = faultOfCall(error);
    if (fault !== undefined) throw fault;
    const isDamage = error instanceof CatalogError && error.code === "damaged";
    const verdict = { result: isDamage ? "damaged" : "failed", reason: errorLine(error) } as const;
    return { candidate, verdict };
  }
}

async function choose(
  host: string,
  archives: readonly ArchiveSummary[],
  { target }: DrillInvocation,
  { site, output }: DrillContext,
): Promise<Candidate> {
  const which =
    target.host === undefined ? { number: undefined, attempt: undefined } : { ...target };
  const { number, attempt } = which;
  const wanted = { host, number, attempt, incomplete: false, acceptUnverified: false };
  return await findArchive(archives, wanted, site, output);
}

/** What was asked for is not there, which says nothing of the host's archives. */
function isOfRequest(error: unknown): boolean {
  return error instanceof ManagerError && error.code === "no-such-archive";
}

async function keep(json: DrillJson, { site, output }: DrillContext): Promise<void> {
  const { host, result, started: time, differences: _, secondsForAll: __, ...facts } = json;
  const before = (await readDrills(site.stateDirectory, (line) => output.note(line))).get(host);
  const record = {
    ...facts,
    time,
    result: result === "proven" ? "proven" : "failed",
    seconds: json.seconds ?? 0,
  } as const;
  await writeDrills(site.stateDirectory, afterDrill(before, host, record));
}

/** To tenths. */
function rounded(seconds: number | undefined): number | null {
  return seconds === undefined ? null : Math.round(seconds * 10) / 10;
}
