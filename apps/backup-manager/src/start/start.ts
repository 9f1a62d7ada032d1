import { type BackedUpHost, withBackups } from "../backuppc/read-hosts.ts";
import type { StartInvocation } from "./command.ts";
import { jsonText } from "../json/json-text.ts";
import { ManagerError } from "../manager-error.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import { knownArchives } from "../run-command/known-archives.ts";
import { isArchived } from "../run-command/plan-run.ts";
import type { Site } from "../site.ts";
import { printable } from "../text/printable.ts";
import { startArchives, type StartOptions } from "./start-archives.ts";
import { startJsonSchema } from "./start-json.ts";
import { startedLine } from "./started-line.ts";

/**
 * Has BackupPC archive the hosts that are named, but for those whose last backup is archived already.
 *
 * @param site asked only where that is to be found out
 * @param folders where BackupPC may be
 */
export async function start(
  { hosts, archiveHost, force, test, json, quiet }: StartInvocation,
  site: () => Promise<Site>,
  output: Output,
  folders?: StartOptions["folders"],
): Promise<Outcome> {
  const options = { archiveHost, test, ...(folders !== undefined && { folders }) };
  const choose = async (known: readonly BackedUpHost[]): Promise<readonly string[]> => {
    const named = allOf(hosts, known);
    return force ? named.map(({ name }) => name) : await notArchived(named, await site(), output);
  };
  const started = await startArchives(choose, options);
  if (json) {
    const result = { format: 1 as const, test, ...started, hosts: [...started.hosts] };
    await output.result(jsonText(startJsonSchema, result));
  } else if (!quiet) await output.result(startedLine(started, test));
  return "done";
}

function allOf(names: readonly string[], known: readonly BackedUpHost[]): readonly BackedUpHost[] {
  const backedUp = withBackups(known);
  const unknown = names.find((host) => !backedUp.includes(host));
  if (unknown === undefined)
    return names.flatMap((wanted) => known.filter(({ name }) => name === wanted));
  const message = `BackupPC has no backup of a host ${printable(unknown)}`;
  const hint = `It has backups of: ${backedUp.map(printable).join(", ")}.`;
  throw new ManagerError("no-such-host", message, hint);
}

async function notArchived(
  hosts: readonly BackedUpHost[],
  site: Site,
  output: Output,
): Promise<readonly string[]> {
  const archives = await knownArchives(site);
  return hosts.flatMap(({ name, backups }) => {
    // BackupPC_archiveStart takes the last one, whatever its type is.
    const last = backups.at(-1);
    if (last === undefined || !isArchived(name, last, archives)) return [name];
    output.note(`${printable(name)} ${last.number} is archived already; --force archives it again`);
    return [];
  });
}
