import { basename } from "node:path";
import { restoreScript } from "@backuppc-archive-s3/restore-script";
import type { ScriptInvocation } from "./command.ts";
import { jsonText } from "../json/json-text.ts";
import { ManagerError } from "../manager-error.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { findArchive } from "./find-archive.ts";
import { prepareScript, titleOf } from "./prepare-script.ts";
import { scriptEntry, scriptJsonSchema } from "./script-json.ts";
import { scriptsForAll } from "./scripts-for-all.ts";
import { writePrivate } from "./write-private.ts";

/** Writes a restore script for the archive that was asked for, or for each host's. */
export async function script(
  asked: ScriptInvocation,
  site: Site,
  output: Output,
): Promise<Outcome> {
  const { target, test, json, incomplete, acceptUnverified } = asked;
  if ("directory" in target)
    return await scriptsForAll({ ...asked, directory: target.directory }, site, output);
  const { host, filename } = target;
  if (filename === undefined && !test && !json && output.isTerminal === true) throw onTerminal();
  const archive = await findArchive(
    await site.catalog.list({ host, steady: true }),
    { ...target, incomplete, acceptUnverified },
    site,
    output,
  );
  if (test && !json) {
    await output.result(`Would write a restore script for ${titleOf(archive)}.\n`);
    return "done";
  }
  const prepared = test ? undefined : await prepareScript(archive, asked, site, output);
  if (prepared !== undefined && filename === undefined) {
    await output.result(restoreScript(prepared));
    return "done";
  }
  if (prepared !== undefined && filename !== undefined)
    await writePrivate(filename, restoreScript(prepared, { fileName: basename(filename) }));
  if (!json) return "done";
  const scripts = [scriptEntry(archive, filename, prepared)];
  await output.result(jsonText(scriptJsonSchema, { format: 1, scripts, failures: [] }));
  return "done";
}

/** Megabytes, which nobody reads, of URLs that anyone can use who sees them, or the terminal's record of them. */
function onTerminal(): ManagerError {
  const message = "a restore script is not for the screen: it holds URLs that anyone can use";
  return new ManagerError("usage", message, "Write it to a file: add -f FILE.");
}
