import { join } from "node:path";
import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { restoreScript } from "@backuppc-archive-s3/restore-script";
import type { ScriptInvocation } from "./command.ts";
import { jsonText } from "../json/json-text.ts";
import { archivesOfHosts } from "../list/archives-of-hosts.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { errorLine } from "../text/error-line.ts";
import { printable } from "../text/printable.ts";
import { findArchive } from "./find-archive.ts";
import { prepareScript } from "./prepare-script.ts";
import { scriptFileName } from "./script-file-name.ts";
import { type ScriptEntry, scriptEntry, scriptJsonSchema } from "./script-json.ts";
import { scriptTable } from "./script-table.ts";
import { writePrivate } from "./write-private.ts";

type Asked = Omit<ScriptInvocation, "target"> & { readonly directory: string };

/** Writes a script for each host. One that fails is reported, and the others are written all the same. */
export async function scriptsForAll(asked: Asked, site: Site, output: Output): Promise<Outcome> {
  const hosts = archivesOfHosts(await site.catalog.list({ steady: true }));
  const scripts: ScriptEntry[] = [];
  const failures: { host: string; message: string }[] = [];
  for (const [host, archives] of hosts) {
    output.progress(`${scripts.length + failures.length + 1} of ${hosts.size}: ${printable(host)}`);
    try {
      scripts.push(await scriptFor(host, archives, asked, site, output));
    } catch (error) {
      failures.push({ host, message: errorLine(error) });
      output.note(`${printable(host)}: ${errorLine(error)}`);
    }
  }
  if (asked.json) {
    await output.result(jsonText(scriptJsonSchema, { format: 1, scripts, failures }));
  } else if (!asked.quiet) await output.result(scriptTable(scripts, asked.test));
  if (failures.length > 0) return "failed";
  return scripts.length === 0 ? "nothing-matched" : "done";
}

async function scriptFor(
  host: string,
  archives: readonly ArchiveSummary[],
  asked: Asked,
  site: Site,
  output: Output,
): Promise<ScriptEntry> {
  const { incomplete, acceptUnverified } = asked;
  const wanted = { host, number: undefined, attempt: undefined, incomplete, acceptUnverified };
  const archive = await findArchive(archives, wanted, site, output);
  const fileName = scriptFileName(host);
  const file = join(asked.directory, fileName);
  if (asked.test) return scriptEntry(archive, file, undefined);
  const prepared = await prepareScript(archive, asked, site, output);
  await writePrivate(file, restoreScript(prepared, { fileName }));
  return scriptEntry(archive, file, prepared);
}
