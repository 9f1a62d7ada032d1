import type { ArchiveId, ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { errorLine } from "../text/error-line.ts";
import { printable } from "../text/printable.ts";
import { progressBar } from "../text/progress-bar.ts";
import { type Passphrases, putNewKey } from "./put-new-key.ts";

/** What was done to the archives of a host. */
export interface RekeyedHost {
  readonly host: string;
  /** Archives that got the new passphrase; with --test, that would get it. */
  readonly changed: number;
  /** Archives that it opened before. */
  readonly unchanged: number;
  /** Archives that no passphrase opens: encrypted to public keys alone, or not at all, or without a data key yet. */
  readonly without: number;
  readonly failures: readonly { readonly id: ArchiveId; readonly message: string }[];
}

/**
 * Puts a new data key message beside each archive of a host; when all of them are there, removes the older ones.
 *
 * @param archives all of the host's, legacy ones excluded
 */
export async function rekeyHost(
  archives: readonly ArchiveSummary[],
  rules: Passphrases & { readonly test: boolean },
  site: Site,
  output: Output,
): Promise<RekeyedHost> {
  const host = archives[0]?.id.host ?? "";
  const serials = new Map<ArchiveId, number>();
  const failures: { id: ArchiveId; message: string }[] = [];
  const counts = { changed: 0, unchanged: 0, without: 0 };
  for (const [index, { id }] of archives.entries()) {
    output.progress(`${progressBar(index, archives.length)} ${printable(host)}`);
    const result = await putNewKey(id, rules, site).catch((error: unknown) => {
      failures.push({ id, message: errorLine(error) });
    });
    if (result === undefined) continue;
    counts[result.kind] += 1;
    if (result.kind !== "without") serials.set(id, result.serial);
  }
  if (failures.length === 0 && !rules.test)
    failures.push(...(await dropOlder(serials, site, output)));
  const { changed } = counts;
  for (const { id, message } of failures)
    output.note(`${printable(host)} ${id.number}, attempt ${id.attempt}: ${message}`);
  if (failures.length > 0 && changed > 0 && !rules.test)
    output.note(`${printable(host)}: the old keys stay. Run the command again.`);
  return { host, ...counts, failures };
}

/** Only now: until then each archive has both. */
async function dropOlder(
  serials: ReadonlyMap<ArchiveId, number>,
  { catalog }: Site,
  output: Output,
): Promise<{ id: ArchiveId; message: string }[]> {
  const failures: { id: ArchiveId; message: string }[] = [];
  let isKept = false;
  for (const [id, serial] of serials) {
    if (serial === 1) continue;
    const outcome = await catalog.dropKeys(id, serial);
    isKept ||= outcome.keptBy !== undefined;
    const [failure] = outcome.failures;
    if (failure === undefined) continue;
    failures.push({ id, message: `an older key could not be deleted: ${failure.reason}` });
  }
  if (isKept)
    output.note(
      "the bucket keeps versions: with those of the older keys, the old passphrase still works",
    );
  return failures;
}
