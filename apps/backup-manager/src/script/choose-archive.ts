import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import { ManagerError, noSuchArchive, noSuchAttempt, noSuchHost } from "../manager-error.ts";
import { printable } from "../text/printable.ts";
import { localTime } from "../text/local-time.ts";
import { unverifiedRemedy } from "../trust/unverified-text.ts";
import { type Candidate, reasonAgainst } from "./candidate.ts";

/** Which archive a restore script is asked for. */
export interface Wanted {
  readonly host: string;
  readonly number: number | undefined;
  /** This very attempt, whatever its status. */
  readonly attempt: string | undefined;
  /** Archives without a marker will do, if they have a head. */
  readonly incomplete: boolean;
  readonly acceptUnverified: boolean;
}

/**
 * The archives that have to be looked at.
 *
 * @param archives all of the host's
 * @param site the store's name for people
 * @throws {ManagerError} code `no-such-host` or `no-such-archive`
 */
export function archivesInQuestion(
  archives: readonly ArchiveSummary[],
  { host, number, attempt, incomplete }: Wanted,
  site: string,
): ArchiveSummary[] {
  if (archives.length === 0) throw noSuchHost(host, site);
  const numbered = archives.filter(({ id }) => number === undefined || id.number === number);
  if (numbered.length === 0) throw noSuchArchive(host, number);
  if (attempt === undefined || number === undefined)
    return numbered.filter(({ status }) => incomplete || status !== "incomplete");
  const found = numbered.filter(({ id }) => id.attempt === attempt);
  if (found.length === 0) throw noSuchAttempt(host, number, attempt);
  return found;
}

/**
 * The newest archive that will do, by verified time and never by number: a complete one; if a number is given, a
 * partial one too if no complete one has that number. What is not verified is taken only if that was asked
 * for and nothing verified will do; legacy archives, where the host has no other.
 *
 * @throws {ManagerError} code `no-such-archive` or `unverified`
 */
export function chooseArchive(candidates: readonly Candidate[], wanted: Wanted): Candidate {
  const fitting = candidates.filter((candidate) => fits(candidate, wanted));
  const own = fitting.filter(({ trust }) => trust.state !== "legacy");
  const verified = best(
    own.filter(({ trust }) => trust.state === "verified"),
    wanted,
  );
  if (verified !== undefined) return verified;
  const unverified = best(
    own.filter(({ trust }) => trust.state === "unverified"),
    wanted,
  );
  if (unverified !== undefined && wanted.acceptUnverified) return unverified;
  const refused = unverified ?? best(own, wanted);
  if (refused !== undefined) throw notVerified(refused);
  const legacy = best(fitting, wanted);
  if (legacy !== undefined) return legacy;
  throw noneComplete(candidates, wanted);
}

/** Unasked, nobody gets an archive that lacks something. */
function fits({ archive: { status }, trust }: Candidate, wanted: Wanted): boolean {
  // Its run ended before it had a head: nobody knows its chunks.
  if (status === "incomplete" && trust.state === "unusable") return false;
  if (status === "partial") return wanted.number !== undefined || wanted.incomplete;
  return status === "complete" || wanted.incomplete || wanted.attempt !== undefined;
}

function best(candidates: readonly Candidate[], { incomplete }: Wanted): Candidate | undefined {
  const newestFirst = candidates.toSorted((a, b) => b.time - a.time);
  const complete = newestFirst.find(({ archive: { status } }) => status === "complete");
  return incomplete ? newestFirst[0] : (complete ?? newestFirst[0]);
}

function notVerified(candidate: Candidate): ManagerError {
  const { archive, trust } = candidate;
  const { host, number } = archive.id;
  const title = `${printable(host)} ${number} of ${localTime(new Date(candidate.time))}`;
  if (trust.state !== "unverified")
    return new ManagerError(
      "unverified",
      `${title} cannot be used: ${reasonAgainst(candidate)}`,
      "",
    );
  return new ManagerError(
    "unverified",
    `${title} is not verified: ${reasonAgainst(candidate)}`,
    `${unverifiedRemedy(trust.reason)} If you know who wrote it, \`ls\`, \`diff\` and \`script\` take it with --accept-unverified.`,
  );
}

function noneComplete(candidates: readonly Candidate[], wanted: Wanted): ManagerError {
  const { host, number } = wanted;
  const of = printable(host) + (number === undefined ? "" : ` with number ${number}`);
  if (wanted.incomplete || wanted.attempt !== undefined) {
    const message = `there is no archive of ${of} whose chunks are known`;
    return new ManagerError("no-such-archive", message, "Archive the backup again.");
  }
  const partial = candidates.findLast(({ archive: { status } }) => status === "partial");
  const hint =
    partial === undefined
      ? "If none is in progress, archive it again. `script --incomplete` considers archives that were not finished."
      : `\`script --backup-number ${partial.archive.id.number}\` takes the partial one, whose source had errors.`;
  return new ManagerError("no-such-archive", `there is no complete archive of ${of}`, hint);
}
