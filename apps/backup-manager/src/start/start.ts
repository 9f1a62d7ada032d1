import type { StartInvocation } from "./command.ts";
import { jsonText } from "../json/json-text.ts";
import { ManagerError } from "../manager-error.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import { printable } from "../text/printable.ts";
import { startArchives, type StartOptions } from "./start-archives.ts";
import { startJsonSchema } from "./start-json.ts";
import { startedLine } from "./started-line.ts";

/** Has BackupPC archive the hosts that are named. @param folders where BackupPC may be */
export async function start(
  { hosts, archiveHost, test, json, quiet }: StartInvocation,
  output: Output,
  folders?: StartOptions["folders"],
): Promise<Outcome> {
  const options = { archiveHost, test, ...(folders !== undefined && { folders }) };
  const started = await startArchives((backedUp) => allOf(hosts, backedUp), options);
  if (json) {
    const result = { format: 1 as const, test, ...started, hosts: [...started.hosts] };
    await output.result(jsonText(startJsonSchema, result));
  } else if (!quiet) await output.result(startedLine(started, test));
  return "done";
}

function allOf(hosts: readonly string[], backedUp: readonly string[]): readonly string[] {
  const unknown = hosts.find((host) => !backedUp.includes(host));
  if (unknown === undefined) return hosts;
  const message = `BackupPC has no backup of a host ${printable(unknown)}`;
  const hint = `It has backups of: ${backedUp.map(printable).join(", ")}.`;
  throw new ManagerError("no-such-host", message, hint);
}
