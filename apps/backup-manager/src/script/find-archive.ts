import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import type { Site } from "../site.ts";
import { type Candidate, openCandidates } from "./candidate.ts";
import { archivesInQuestion, chooseArchive, type Wanted } from "./choose-archive.ts";

/**
 * The archive that a script is asked for, with what is proven of it.
 *
 * @param archives all of the host's
 * @throws {ManagerError} code `no-such-host`, `no-such-archive` or `unverified`
 */
export async function findArchive(
  archives: readonly ArchiveSummary[],
  wanted: Wanted,
  site: Site,
): Promise<Candidate> {
  const inQuestion = archivesInQuestion(archives, wanted, site.name);
  return chooseArchive(await openCandidates(inQuestion, site), wanted);
}
