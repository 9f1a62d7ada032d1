import {
  type ArchiveSummary,
  CatalogError,
  type Finding,
} from "@backuppc-archive-s3/backup-catalog";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { errorLine } from "../text/error-line.ts";
import { printable } from "../text/printable.ts";
import { progressBar } from "../text/progress-bar.ts";
import { archiveData } from "./archive-data.ts";
import { checkData, type CheckedData } from "./check-data.ts";
import type { Decryptor } from "./decrypt.ts";

/** What became of the check of an archive. */
export interface Verified {
  readonly archive: ArchiveSummary;
  readonly findings: readonly Finding[];
  /** What was downloaded. */
  readonly data: CheckedData | undefined;
  /** Why it could not be checked. */
  readonly error: string | undefined;
}

/**
 * Checks each archive. One that can't be checked does not keep the others from it.
 *
 * @param percent of the chunks to download; none if undefined
 */
export async function verifyArchives(
  archives: readonly ArchiveSummary[],
  percent: number | undefined,
  decryptor: Decryptor,
  site: Site,
  output: Output,
): Promise<Verified[]> {
  const verified: Verified[] = [];
  for (const [index, archive] of archives.entries()) {
    const { id } = archive;
    const title = `${printable(id.host)} ${id.number} (${index + 1} of ${archives.length})`;
    output.progress(title);
    const onProgress = (done: number, total: number): void =>
      output.progress(`${progressBar(done, total)} ${title}`);
    try {
      const findings = await site.catalog.verify(id);
      const source =
        percent === undefined || findings.some(isBadManifest)
          ? undefined
          : await archiveData(archive, site);
      const data =
        source && (await checkData(source, { decryptor, percent: percent ?? 100, onProgress }));
      verified.push({ archive, findings: merged(findings, data), data, error: undefined });
    } catch (error) {
      if (error instanceof CatalogError && error.code === "not-found") continue;
      verified.push({ archive, findings: [], data: undefined, error: errorLine(error) });
    }
  }
  output.progress("");
  return verified;
}

function isBadManifest({ kind }: Finding): boolean {
  return kind === "bad-manifest";
}

/** A chunk that is missing or short need not be told twice. */
function merged(findings: readonly Finding[], data: CheckedData | undefined): Finding[] {
  const known = new Set(findings.map((finding) => ("key" in finding ? finding.key : "")));
  const more = (data?.findings ?? []).filter(
    (finding) => !("key" in finding) || !known.has(finding.key),
  );
  return [...findings, ...more];
}
