import {
  type ArchiveSummary,
  CatalogError,
  decodeRanges,
  type Head,
} from "@backuppc-archive-s3/backup-catalog";
import { archiveJson } from "../json/archive.ts";
import { type KeptDrills, lastDrillJson } from "../json/last-drill.ts";
import type { LegacySource } from "../legacy/legacy-source.ts";
import type { Site } from "../site.ts";
import { unverifiedText } from "../trust/unverified-text.ts";
import type { ShownArchive } from "./show-json.ts";

/** All that is known of an archive, and whether it is verified. @param drills what is kept of its host's */
export async function shownArchive(
  summary: ArchiveSummary,
  site: Site,
  drills: KeptDrills | undefined,
): Promise<ShownArchive> {
  const drill = drills === undefined ? null : lastDrillJson(drills);
  const source = site.legacyOf(summary.id);
  if (source !== undefined) return { ...(await legacyArchive(summary, source)), drill };
  const { head, ...verdict } = await readHead(summary, site);
  const facts = head === undefined ? NOTHING : factsOf(head);
  return { ...archiveJson(summary), ...facts, ...verdict, drill };
}

type Verdict = Pick<ShownArchive, "verified" | "signer" | "unverified">;

/** A head that contradicts the configuration is shown, too: people want to see why. */
async function readHead(
  { id }: ArchiveSummary,
  site: Site,
): Promise<Verdict & { readonly head: Head | undefined }> {
  try {
    const { head, trust: state } = await site.catalog.openArchive(id, await site.trust());
    return state.state === "verified"
      ? { head, verified: true, signer: state.signer, unverified: null }
      : { head, verified: false, signer: null, unverified: unverifiedText(state.reason) };
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    const unsigned = { verified: false, signer: null };
    if (error.code === "not-found")
      return { head: undefined, ...unsigned, unverified: unverifiedText("no-marker") };
    if (error.code !== "refused") throw error;
    const { head } = await site.catalog.readHead(id);
    return { head, ...unsigned, unverified: error.message.replace(/\.$/, "") };
  }
}

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

async function legacyArchive(
  summary: ArchiveSummary,
  { archive: { encryption }, site }: LegacySource,
): Promise<Omit<ShownArchive, "drill">> {
  const isFinished = summary.status !== "incomplete";
  const said = isFinished ? await site.catalog.readMarker(summary.id) : undefined;
  return {
    ...archiveJson(summary),
    ...NOTHING,
    ...(said !== undefined && { started: said.started.toISOString() }),
    verified: false,
    signer: null,
    unverified: "the Python program signed nothing",
    compression: "inside OpenPGP, if any",
    encryption: encryption && { passphrase: encryption.passphrase, recipients: [] },
    tool: `the Python program, in the bucket ${site.bucket}`,
  };
}
