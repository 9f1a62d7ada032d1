import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import type { Output } from "../output.ts";
import type { Site } from "../site.ts";
import { localTime } from "../text/local-time.ts";
import { printable } from "../text/printable.ts";
import { type Candidate, openCandidates, reasonAgainst } from "./candidate.ts";
import { archivesInQuestion, chooseArchive, type Wanted } from "./choose-archive.ts";
import { chooseUndamaged } from "./choose-undamaged.ts";

/**
 * The archive that a script is asked for, with what is proven of it. Newer ones that are passed over because they are
 * not verified, or damaged, are reported. Where a number is asked for, damage is no reason to pass one over.
 *
 * @param archives all of the host's
 * @throws {ManagerError} code `no-such-host`, `no-such-archive` or `unverified`
 */
export async function findArchive(
  archives: readonly ArchiveSummary[],
  wanted: Wanted,
  site: Site,
  output: Output,
): Promise<Candidate> {
  const inQuestion = archivesInQuestion(archives, wanted, site.name);
  const candidates = await openCandidates(inQuestion, site);
  const newest = chooseArchive(candidates, wanted);
  const chosen =
    wanted.number === undefined
      ? await chooseUndamaged(newest, candidates, wanted, site, output)
      : newest;
  for (const candidate of candidates)
    if (isPassedOver(candidate, chosen)) notePassedOver(candidate, output);
  return chosen;
}

function isPassedOver({ archive, trust, time }: Candidate, chosen: Candidate): boolean {
  const isDoubtful = trust.state === "unverified" || trust.state === "unusable";
  return isDoubtful && archive.status === "complete" && time > chosen.time;
}

function notePassedOver(candidate: Candidate, output: Output): void {
  const { host, number } = candidate.archive.id;
  const title = `${printable(host)} ${number} of ${localTime(new Date(candidate.time))}`;
  output.note(`${title} is passed over: ${reasonAgainst(candidate)}`);
}
