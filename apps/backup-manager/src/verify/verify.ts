import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { usageError } from "../command-line/usage-error.ts";
import type { VerifyInvocation } from "./command.ts";
import { jsonText } from "../json/json-text.ts";
import { archivesOfBackup } from "../list/archives-of-backup.ts";
import { archivesOfHosts } from "../list/archives-of-hosts.ts";
import { noSuchHost } from "../manager-error.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { storeTime } from "../store-time.ts";
import { printable } from "../text/printable.ts";
import { verifiedJson, verifyJsonSchema } from "./verify-json.ts";
import { verdictOf } from "./verified.ts";
import { verifyArchives } from "./verify-archives.ts";
import { verifyTable } from "./verify-table.ts";

/** Checks that archives are complete, intact and genuine: by lists, and with --data by downloading and decrypting. */
export async function verify(
  asked: VerifyInvocation,
  site: Site,
  output: Output,
): Promise<Outcome> {
  const { json, quiet } = asked;
  if (asked.test) throw usageError("verify goes without --test: all of it is a test");
  const hosts = archivesOfHosts(await chosen(asked, site));
  const { verified, lost } = await verifyArchives(hosts, asked, site, output);
  const shown = quiet ? verified.filter((each) => verdictOf(each) !== "intact") : verified;
  if (json) {
    const lostJson = lost.map(({ host, chunks, struck }) => ({
      host,
      chunks: [...chunks],
      struck: struck ?? null,
    }));
    const result = { format: 1 as const, archives: shown.map(verifiedJson), lost: lostJson };
    await output.result(jsonText(verifyJsonSchema, result));
  } else if (shown.length > 0) await output.result(verifyTable(shown, storeTime(site.store)));
  else if (!quiet) await output.result(nothingText(asked, site));
  const verdicts = new Set(verified.map(verdictOf));
  if (verdicts.has("damaged")) return "damaged";
  if (verdicts.has("unchecked") || verdicts.has("unverified")) return "failed";
  return verified.length === 0 ? "nothing-matched" : "done";
}

function nothingText({ host }: VerifyInvocation, { name }: Site): string {
  return host === undefined
    ? `There is no archive to verify in ${name}.\n`
    : `There is no archive of ${printable(host)} to verify in ${name}: what is there is incomplete.\n`;
}

/** Incomplete archives are no backups, and are checked only if one is named. */
async function chosen(
  { host, number, attempt }: VerifyInvocation,
  site: Site,
): Promise<readonly ArchiveSummary[]> {
  if (host !== undefined && number !== undefined)
    return await archivesOfBackup({ host, number, attempt }, site);
  const found = await site.catalog.list({ steady: true, ...(host !== undefined && { host }) });
  if (host !== undefined && found.length === 0) throw noSuchHost(host, site.name);
  return found.filter(({ status }) => status !== "incomplete");
}
