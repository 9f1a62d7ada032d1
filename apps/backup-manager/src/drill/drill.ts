import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { isLegacy } from "../legacy/legacy-bucket-site.ts";
import { archivesOfHosts } from "../list/archives-of-hosts.ts";
import { noSuchHost } from "../manager-error.ts";
import { jsonText } from "../json/json-text.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { printable } from "../text/printable.ts";
import { checkCall } from "./check-call.ts";
import type { DrillInvocation, DrillTarget } from "./command.ts";
import { readDrills } from "./drill-files.ts";
import { drillHost } from "./drill-host.ts";
import { type DrillJson, drillJsonSchema } from "./drill-json.ts";
import { drillTable } from "./drill-table.ts";
import { hostsInTurn } from "./hosts-in-turn.ts";

export interface DrillContext {
  readonly site: Site;
  readonly output: Output;
  /** Of this process: PATH says where the script's programs are. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Restores from one host, or from hosts in turn, and compares. One that fails is reported, and the next one is drilled. */
export async function drill(asked: DrillInvocation, context: DrillContext): Promise<Outcome> {
  const { site, output } = context;
  if (!asked.test) await checkCall(asked, site);
  const drills: DrillJson[] = [];
  const begin = performance.now();
  const hosts = await hostsToDrill(asked.target, context);
  try {
    for (const [host, archives] of hosts) {
      if (drills.length > 0 && isTimeUp(asked.target, begin)) break;
      output.progress(`drilling ${printable(host)}`);
      const done = await drillHost(host, archives, asked, context);
      drills.push(done);
      if (done.reason !== null) noteFailure(done, output);
    }
  } catch (error) {
    // What the hosts before have shown is kept, and shown.
    if (drills.length > 0) await report(drills, asked, context);
    throw error;
  }
  await report(drills, asked, context);
  return outcomeOf(drills);
}

async function report(
  drills: readonly DrillJson[],
  { json, quiet }: DrillInvocation,
  { site, output }: DrillContext,
): Promise<void> {
  if (json)
    return await output.result(jsonText(drillJsonSchema, { format: 1, drills: [...drills] }));
  const shown = drills.filter(({ result }) => !quiet || result !== "proven");
  if (shown.length > 0) await output.result(drillTable(shown));
  else if (!quiet) await output.result(`There is no complete archive to drill in ${site.name}.\n`);
}

type HostArchives = readonly [host: string, archives: readonly ArchiveSummary[]];

/** Hosts that have nothing but legacy or incomplete archives have no turn: `list` shows them. */
async function hostsToDrill(
  target: DrillTarget,
  { site, output }: DrillContext,
): Promise<HostArchives[]> {
  if (target.host !== undefined) {
    const archives = await site.catalog.list({ host: target.host, steady: true });
    if (archives.length === 0) throw noSuchHost(target.host, site.name);
    return [[target.host, archives]];
  }
  const all = (await site.catalog.list({ steady: true })).filter(({ id }) => !isLegacy(id));
  const hosts = new Map(
    [...archivesOfHosts(all)].filter(([, archives]) =>
      archives.some(({ status }) => status === "complete"),
    ),
  );
  const drills = await readDrills(site.stateDirectory, (line) => output.note(line));
  const inTurn = hostsInTurn(hosts.keys(), drills);
  return inTurn.slice(0, target.most).map((host) => [host, hosts.get(host) ?? []]);
}

/** @param begin milliseconds, of `performance.now` */
function isTimeUp(target: DrillTarget, begin: number): boolean {
  const { within } = target.host === undefined ? target : { within: undefined };
  return within !== undefined && performance.now() - begin > within * 1000;
}

/** Lines are enough to see what kind of difference it is; --json has more. */
const MOST_SHOWN = 10;

function noteFailure({ host, number, reason, differences }: DrillJson, output: Output): void {
  const title = `${printable(host)}${number === null ? "" : ` ${number}`}`;
  for (const difference of differences.slice(0, MOST_SHOWN)) output.note(`${title}: ${difference}`);
  output.note(`${title}: ${reason}`);
}

function outcomeOf(drills: readonly DrillJson[]): Outcome {
  const results = new Set(drills.map(({ result }) => result));
  if (results.size === 0) return "nothing-matched";
  if (results.has("failed") || results.has("sabotage missed"))
    return results.has("damaged") ? "damaged" : "failed";
  return results.has("damaged") || results.has("sabotage noticed") ? "damaged" : "done";
}
