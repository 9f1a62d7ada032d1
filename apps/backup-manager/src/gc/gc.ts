import { CatalogError, encodeHost } from "@backuppc-archive-s3/backup-catalog";
import type { GcInvocation } from "./command.ts";
import { noteFreeing } from "../delete/note-removal.ts";
import { type Freed, freeHost } from "../free/free-host.ts";
import { jsonText } from "../json/json-text.ts";
import { noteUnknownKeys } from "../list/note-unknown-keys.ts";
import { noSuchHost } from "../manager-error.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { errorLine } from "../text/error-line.ts";
import { printable } from "../text/printable.ts";
import { freedTable } from "./freed-table.ts";
import { collectedJson, gcJsonSchema } from "./gc-json.ts";

/** Deletes chunks that no archive needs, and what is left of attempts that failed or were deleted. */
export async function gc(asked: GcInvocation, site: Site, output: Output): Promise<Outcome> {
  const { test, json, quiet } = asked;
  const unknown: string[] = [];
  const freed: Freed[] = [];
  let isWell = true;
  for (const host of await hostsOf(asked, site, unknown, output)) {
    const result = await collect(host, asked, site, output);
    if (result === undefined) isWell = false;
    else {
      freed.push(result);
      isWell = noteFreeing(host, result, output) && isWell;
    }
  }
  if (!test) isWell = (await dropOldCanaries(site, output)) && isWell;
  output.progress("");
  noteUnknownKeys(unknown, output);
  if (json) {
    const result = { format: 1 as const, test, hosts: freed.map(collectedJson) };
    await output.result(jsonText(gcJsonSchema, result));
  } else if (!quiet) await output.result(freedTable(freed, test));
  return isWell ? "done" : "failed";
}

async function dropOldCanaries({ catalog }: Site, output: Output): Promise<boolean> {
  const [failure] = await catalog.dropOldCanaries();
  if (failure === undefined) return true;
  output.note(`${printable(failure.key)} could not be deleted: ${failure.reason}`);
  return false;
}

async function hostsOf(
  { host }: GcInvocation,
  site: Site,
  unknown: string[],
  output: Output,
): Promise<string[]> {
  if (host !== undefined) {
    if (!(await isThere(host, site))) throw noSuchHost(host, site.name);
    return [host];
  }
  output.progress("listing every object");
  return await site.catalog.listHosts({ onUnknownKey: (key) => void unknown.push(key) });
}

/** Before its lock is taken, which leaves a file. Chunks may be all that is left of a host. */
async function isThere(host: string, { store }: Site): Promise<boolean> {
  for (const root of ["archives", "chunks"])
    for await (const _ of store.list(`${root}/${encodeHost(host)}/`)) return true;
  return false;
}

/** Undefined if that failed, which is reported: the other hosts go on. */
async function collect(
  host: string,
  { test, purgeVersions }: GcInvocation,
  site: Site,
  output: Output,
): Promise<Freed | undefined> {
  const state = await site.lockHost(host);
  const lock = state.kind === "held" ? state.lock : undefined;
  try {
    return await freeHost(host, { purgeVersions, test, lock }, site, output);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    output.note(`${printable(host)}: ${errorLine(error)}`);
    return undefined;
  } finally {
    await lock?.release();
  }
}
