import {
  CatalogError,
  checkSums,
  type Finding,
  type Head,
  type Manifest,
} from "@backuppc-archive-s3/backup-catalog";
import { ManagerError } from "../manager-error.ts";
import type { Site } from "../site.ts";
import { errorLine } from "../text/error-line.ts";
import { type ChunkOpener, readPlainSums } from "./chunk-data.ts";
import type { CheckedData, DataCheck } from "./checked-data.ts";
import { damageIn } from "./damage-in.ts";
import { openingOf } from "../decrypt/opening-of.ts";

/** An archive whose manifest has been read. */
export interface ReadArchive {
  readonly head: Head;
  readonly manifest: Manifest;
}

/** An archive while its data is checked. */
export interface ArchiveInCheck extends ReadArchive {
  readonly opener: ChunkOpener;
  /** SHA-256 of each chunk's plaintext, in the order of the manifest; undefined where the sums are damaged. */
  readonly plainSha256: readonly string[] | undefined;
  /** Grows while chunks are checked. */
  readonly result: {
    chunks: number;
    bytes: number;
    findings: Finding[];
    error: string | undefined;
  };
}

/** Opens the archive's sums; where nothing opens it, only the result of that. */
export async function beginCheck(
  { head, manifest }: ReadArchive,
  { decryptor }: DataCheck,
  site: Site,
): Promise<ArchiveInCheck | { readonly head: Head; readonly result: CheckedData }> {
  const findings: Finding[] = [];
  const result = { chunks: 0, bytes: 0, findings, error: undefined };
  const key = site.catalog.sumsKey(head);
  try {
    const opening = await openingOf(head, site);
    const { filters } = await site.trust();
    const opener = { head, opening, decryptor, filters };
    const plainSha256 = await readDigests(opener, manifest, site).catch((error: unknown) => {
      findings.push(damageIn(key, error));
    });
    findings.push(...(await damagedMembers(head, site)));
    return { head, manifest, opener, plainSha256: plainSha256 ?? undefined, result };
  } catch (error) {
    if (error instanceof ManagerError)
      return { head, result: { ...result, error: errorLine(error) } };
    if (!(error instanceof CatalogError && error.code === "damaged")) throw error;
    return { head, result: { ...result, findings: [damageIn(key, error)] } };
  }
}

/** The member index is not decrypted: its SHA-256 is in the head. */
async function damagedMembers(head: Head, { catalog }: Site): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const index of head.digests.members.keys()) {
    const part = index + 1;
    await catalog.readMembers(head, part).catch((error: unknown) => {
      findings.push(damageIn(catalog.membersKey(head, part), error));
    });
  }
  return findings;
}

async function readDigests(
  opener: ChunkOpener,
  manifest: Manifest,
  site: Site,
): Promise<readonly string[]> {
  return checkSums(opener.head, manifest, await readPlainSums(opener, site));
}
