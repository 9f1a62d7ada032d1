import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import type { FindInvocation } from "./command.ts";
import { CatalogError } from "@backuppc-archive-s3/backup-catalog";
import { jsonText } from "../json/json-text.ts";
import { archivesOfHosts } from "../list/archives-of-hosts.ts";
import { ManagerError, noSuchHost } from "../manager-error.ts";
import { linkTargets } from "../members/link-targets.ts";
import { memberName } from "../members/member-name.ts";
import { readMembers } from "../members/read-members.ts";
import type { Outcome } from "../outcome.ts";
import type { Output } from "../output.ts";
import { type Candidate, openCandidates, reasonAgainst } from "../script/candidate.ts";
import type { Site } from "../site.ts";
import { errorLine } from "../text/error-line.ts";
import { lazily } from "../text/lazily.ts";
import { printable } from "../text/printable.ts";
import { createDecryptor, type Decryptor } from "../decrypt/decrypt.ts";
import { findJsonSchema, foundJson } from "./find-json.ts";
import { findTable } from "./find-table.ts";
import { globTest } from "./glob.ts";
import { type FoundName, Versions } from "./versions.ts";

/** Finds files in all verified archives, by their member indexes: which backups have them, and when they changed. */
export async function find(asked: FindInvocation, site: Site, output: Output): Promise<Outcome> {
  const { glob, host, json } = asked;
  const archives = await site.catalog.list({ ...(host !== undefined && { host }) });
  if (host !== undefined && archives.length === 0) throw noSuchHost(host, site.name);
  const search = { matches: globTest(glob), decryptor: await createDecryptor(), site, output };
  const found: FoundName[] = [];
  let failed = false;
  try {
    for (const [name, ofHost] of archivesOfHosts(archives)) {
      const finished = ofHost.filter(({ status }) => status !== "incomplete");
      const candidates = await openCandidates(finished, site);
      const versions = new Versions();
      for (const candidate of candidates.toSorted((one, other) => one.time - other.time))
        if (!(await searchArchive(candidate, versions, search))) failed = true;
      for (const version of versions.found(name)) found.push(version);
    }
  } finally {
    output.progress("");
    await search.decryptor.close();
  }
  if (json)
    await output.result(jsonText(findJsonSchema, { format: 1, found: lazily(found, foundJson) }));
  else if (found.length > 0) await output.result(findTable(found));
  if (found.length === 0)
    output.note(
      `no archive that was searched in ${site.name} has a file that matches ${printable(glob)}`,
    );
  if (failed) return "failed";
  return found.length > 0 ? "done" : "nothing-matched";
}

interface Search {
  readonly matches: (name: string) => boolean;
  readonly decryptor: Decryptor;
  readonly site: Site;
  readonly output: Output;
}

/** @returns false if its members are not known, which has been said */
async function searchArchive(
  candidate: Candidate,
  versions: Versions,
  { matches, decryptor, site, output }: Search,
): Promise<boolean> {
  const { head, trust, archive } = candidate;
  const title = `${printable(archive.id.host)} ${archive.id.number}`;
  if (head === undefined || trust.state !== "verified") {
    output.note(`${title} is left out: ${reasonAgainst(candidate)}`);
    return trust.state === "legacy";
  }
  output.progress(`searching ${title}`);
  try {
    const read = (): AsyncIterable<IndexedMember> => readMembers(head, decryptor, site);
    const hits: IndexedMember[] = [];
    for await (const member of read()) if (matches(memberName(member))) hits.push(member);
    const targets = await linkTargets(hits, read);
    for (const member of hits) versions.add(member, head, targets);
    return true;
  } catch (error) {
    if (!(error instanceof CatalogError || error instanceof ManagerError)) throw error;
    output.note(`${title} is left out: ${errorLine(error)}`);
    return false;
  }
}
