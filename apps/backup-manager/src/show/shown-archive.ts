import {
  type ArchiveSummary,
  CatalogError,
  decodeRanges,
  type Head,
} from "@backuppc-archive-s3/backup-catalog";
import { archiveJson } from "../json/archive.ts";
import { type KeptDrills, lastDrillJson } from "../json/last-drill.ts";
import type { Site, SiteArchive } from "../site.ts";
import { unverifiedText } from "../trust/unverified-text.ts";
import type { ShownArchive } from "./show-json.ts";

/** All that is known of an archive, and whether it is verified. @param drills what is kept of its host's */
export async function shownArchive(
  summary: ArchiveSummary,
  site: Site,
  drills: KeptDrills | undefined,
): Promise<ShownArchive> {
  const { facts, ...verdict } = await read(summary, site);
  const drill = drills === undefined ? null : lastDrillJson(drills);
  return { ...archiveJson(summary), ...facts, ...verdict, drill };
}

type Verdict = Pick<ShownArchive, "verified" | "signer" | "unverified">;
type Read = Verdict & {
  readonly facts: Facts & Partial<Pick<ShownArchive, "started" | "finished">>;
};

/** A head that contradicts the configuration is shown, too: people want to see why. */
async function read({ id }: ArchiveSummary, site: Site): Promise<Read> {
  const unsigned = { verified: false, signer: null };
  try {
    const archive = await site.open(id);
    const { head, trust } = archive;
    if (head === undefined || trust.state === "legacy")
      return { facts: await unsignedFacts(archive), ...unsigned, unverified: UNSIGNED };
    return trust.state === "verified"
      ? { facts: factsOf(head), verified: true, signer: trust.signer, unverified: null }
      : { facts: factsOf(head), ...unsigned, unverified: unverifiedText(trust.reason) };
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    if (error.code === "not-found")
      return { facts: NOTHING, ...unsigned, unverified: unverifiedText("no-marker") };
    if (error.code !== "refused") throw error;
    const { head } = await site.catalog.readHead(id);
    return { facts: factsOf(head), ...unsigned, unverified: error.message.replace(/\.$/, "") };
  }
}

const UNSIGNED = "the Python program signed nothing";

type Facts = Omit<ShownArchive, keyof ReturnType<typeof archiveJson> | keyof Verdict | "drill">;

function factsOf(head: Head): Facts & Pick<ShownArchive, "started" | "finished"> {
  const { encryption, compression, tarBytes, sourceErrors, members, backup, tool } = head;
  return {
    started: head.started,
    finished: head.finished,
    backup: backup ?? null,
    tarBytes,
    compression: compression.name,
    encryption: encryption && {
      passphrase: encryption.passphrase,
      recipients: [...encryption.recipients],
    },
    sourceErrors,
    members,
    reused: reusedBy(head),
    holdUntil: head.holdUntil,
    uploader: head.uploader,
    tool,
  };
}

/** The newest attempt first. */
function reusedBy({ attempt: own, keeps }: Head): { attempt: string; chunks: number }[] {
  return Object.entries(keeps)
    .filter(([attempt]) => attempt !== own)
    .map(([attempt, ranges]) => ({ attempt, chunks: chunksIn(ranges) }))
    .toSorted((a, b) => (a.attempt < b.attempt ? 1 : -1));
}

function chunksIn(ranges: string): number {
  return (decodeRanges(ranges) ?? []).reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

const NOTHING: Facts = {
  backup: null,
  tarBytes: null,
  compression: null,
  encryption: null,
  sourceErrors: null,
  members: null,
  reused: null,
  holdUntil: null,
  uploader: null,
  tool: null,
};

/** Nothing shows how its chunks are compressed: that is inside OpenPGP. */
async function unsignedFacts(archive: SiteArchive): Promise<Read["facts"]> {
  const { started, encryption, tool } = await archive.describe();
  return {
    ...NOTHING,
    ...(started !== undefined && { started: started.toISOString() }),
    compression: "inside OpenPGP, if any",
    encryption: encryption && { passphrase: encryption.passphrase, recipients: [] },
    tool: `${tool}, in the bucket ${archive.bucket}`,
  };
}
