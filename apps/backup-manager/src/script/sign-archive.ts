import { posix } from "node:path";
import type { Head } from "@backuppc-archive-s3/backup-catalog";
import type { OnlyMembers, RestoreInput } from "@backuppc-archive-s3/restore-script";
import { createDecryptor } from "../decrypt/decrypt.ts";
import { ManagerError } from "../manager-error.ts";
import { membersOfArchive } from "../members/members-of-archive.ts";
import type { Site } from "../site.ts";
import { TOOL } from "../tool.ts";
import { type Candidate, reasonAgainst } from "./candidate.ts";
import { chooseMembers } from "./choose-members.ts";

/**
 * Finds the archive's chunks and signs a URL for each, for the sums and for the member index.
 *
 * @param expire how long the URLs shall work, seconds
 * @param paths members that the script is for; all if empty
 * @throws {ManagerError} code `unverified` for an archive that could not be opened, `no-such-member`
 */
export async function signArchive(
  candidate: Candidate,
  expire: number,
  site: Site,
  paths: readonly string[] = [],
): Promise<RestoreInput> {
  const created = new Date();
  const { opened, archive, head } = candidate;
  if (opened === undefined)
    throw new ManagerError(
      "unverified",
      `the archive cannot be used: ${reasonAgainst(candidate)}`,
      "",
    );
  if (paths.length > 0 && head === undefined) throw noIndex();
  const signer = await opened.presigner.presignAll(expire);
  const { chunks, sums, members, ...contents } = await opened.contents();
  const { host, number } = archive.id;
  return {
    id: { host, number },
    status: archive.status,
    finished: archive.finished ?? archive.started,
    ...(await signedFacts(candidate, site)),
    ...contents,
    chunks: chunks.map(({ key, sha256, ...chunk }) => ({
      name: posix.basename(key),
      ...signer.sign(key, chunk.versionId),
      ...chunk,
      ...(sha256 !== undefined && { sha256 }),
    })),
    ...(members !== undefined && {
      members: members.map(({ key, sha256 }) => ({ ...signer.sign(key), sha256 })),
    }),
    ...(sums !== undefined && {
      sums: { ...signer.sign(sums.key), sha256: sums.sha256, manifest: sums.manifest },
    }),
    ...(head !== undefined && paths.length > 0 && { only: await onlyOf(head, paths, site) }),
    urls: { base: signer.base, query: signer.query },
    expires: signer.expires,
    asked: new Date(created.getTime() + expire * 1000),
    created,
    tool: TOOL,
  };
}

/** What is known from a head alone, signed or not. */
async function signedFacts(
  { head, trust }: Candidate,
  site: Site,
): Promise<Partial<Pick<RestoreInput, "id" | "finished" | "filters" | "verified">>> {
  if (head === undefined) return {};
  const { host, number, attempt, finished } = head;
  return {
    id: { host, number, attempt },
    finished: new Date(finished),
    filters: (await site.trust()).filters,
    ...(trust.state === "verified" && { verified: { by: trust.signer } }),
  };
}

async function onlyOf(head: Head, paths: readonly string[], site: Site): Promise<OnlyMembers> {
  if (head.digests.members.length === 0) throw noIndex();
  const { chunks } = await site.catalog.readManifest(head);
  const decryptor = await createDecryptor();
  try {
    return await chooseMembers(paths, chunks, () => membersOfArchive(head, decryptor, site));
  } finally {
    await decryptor.close();
  }
}

function noIndex(): ManagerError {
  const message = "the archive has no member index, so no script can be for members alone";
  return new ManagerError("no-such-archive", message, "Write a script of the whole archive.");
}
