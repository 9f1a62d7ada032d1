import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import type { VerifyInvocation } from "../command-line/invocation.ts";
import { jsonText } from "../json/json-text.ts";
import { archivesOfBackup } from "../list/archives-of-backup.ts";
import { noSuchHost } from "../manager-error.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { createDecryptor } from "./decrypt.ts";
import { isDamage } from "./finding-text.ts";
import { verifiedJson, verifyJsonSchema } from "./verify-json.ts";
import { type Verified, verifyArchives } from "./verify-archives.ts";
import { verifyTable } from "./verify-table.ts";

/** Looks whether archives are whole: by lists, and with --data by downloading and decrypting. */
export async function verify(
  asked: VerifyInvocation,
  site: Site,
  output: Output,
): Promise<Outcome> {
  const { data, json, quiet } = asked;
  const archives = await chosen(asked, site);
  const decryptor = await createDecryptor(data === undefined ? undefined : await site.passphrase());
  const verified = await verifyArchives(archives, data, decryptor, site, output).finally(
    async () => await decryptor.close(),
  );
  const shown = quiet ? verified.filter((each) => !isWhole(each)) : verified;
  if (json) {
    const result = { format: 1 as const, archives: shown.map(verifiedJson) };
    await output.result(jsonText(verifyJsonSchema, result));
  } else if (shown.length > 0) await output.result(verifyTable(shown, new Date()));
  else if (!quiet) await output.result(`There is no archive to verify in ${site.name}.\n`);
  if (verified.some(({ findings }) => findings.some(isDamage))) return "damaged";
  if (verified.some(({ error }) => error !== undefined)) return "failed";
  return verified.length === 0 ? "nothing-matched" : "done";
}

/** Unfinalized archives are no backups, and are looked at only where one is named. */
async function chosen(
  { host, number, attempt }: VerifyInvocation,
  site: Site,
): Promise<readonly ArchiveSummary[]> {
  if (host !== undefined && number !== undefined)
    return await archivesOfBackup({ host, number, attempt }, site);
  const found = await site.catalog.list(host === undefined ? {} : { host });
  if (host !== undefined && found.length === 0) throw noSuchHost(host, site.name);
  return found.filter(({ status }) => status !== "unfinalized");
}

function isWhole({ findings, error }: Verified): boolean {
  return error === undefined && !findings.some(isDamage);
}
