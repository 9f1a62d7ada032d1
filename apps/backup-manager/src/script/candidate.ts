import {
  type ArchiveSummary,
  CatalogError,
  type Head,
  type TrustState,
} from "@backuppc-archive-s3/backup-catalog";
import type { Site, SiteArchive } from "../site.ts";
import { errorLine } from "../text/error-line.ts";
import { unverifiedText } from "../trust/unverified-text.ts";

/** An archive that a script might restore, and what is proven of it. */
export interface Candidate {
  readonly archive: ArchiveSummary;
  /** Undefined where it could not be read or was refused. */
  readonly opened?: SiteArchive;
  /** Undefined there, and where nothing is signed. */
  readonly head?: Head;
  readonly trust: TrustState | { readonly state: "legacy" | "unusable"; readonly reason: string };
  /** The later of start and end in the head, milliseconds since 1970; without a head as lists show it. */
  readonly time: number;
}

/** Reads the heads of archives, several at a time. One that cannot be used is a candidate that says why. */
export async function openCandidates(
  archives: readonly ArchiveSummary[],
  site: Site,
): Promise<Candidate[]> {
  const opened = new Map<ArchiveSummary, Candidate>();
  const left = archives.values();
  const open = async (): Promise<void> => {
    for (const archive of left) opened.set(archive, await openCandidate(archive, site));
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, open));
  return archives.flatMap((archive) => opened.get(archive) ?? []);
}

const AT_A_TIME = 8;

async function openCandidate(archive: ArchiveSummary, site: Site): Promise<Candidate> {
  const listed = (archive.finished ?? archive.started).getTime();
  try {
    const opened = await site.open(archive.id);
    const { head, trust } = opened;
    if (head === undefined || trust.state === "legacy")
      return { archive, opened, time: listed, trust: UNSIGNED };
    const time = Math.max(Date.parse(head.started), Date.parse(head.finished));
    return { archive, opened, head, trust, time };
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return { archive, time: listed, trust: { state: "unusable", reason: errorLine(error) } };
  }
}

const UNSIGNED = { state: "legacy", reason: "nothing is signed" } as const;

/** Why it is no verified archive, in words. */
export function reasonAgainst({ trust }: Candidate): string {
  if (trust.state === "verified") return "";
  return trust.state === "unverified" ? unverifiedText(trust.reason) : trust.reason;
}
