import type { ChunkEntry, Head } from "@backuppc-archive-s3/backup-catalog";
import type { OnlyMembers, RestoreChunk, RestoreInput } from "@backuppc-archive-s3/restore-script";
import type { UrlSigner } from "@backuppc-archive-s3/s3-transport";
import { posix } from "node:path";
import { createDecryptor } from "../decrypt/decrypt.ts";
import { ManagerError } from "../manager-error.ts";
import { readMembers } from "../members/read-members.ts";
import type { LegacySource } from "../legacy/legacy-source.ts";
import type { Site } from "../site.ts";
import { TOOL } from "../tool.ts";
import { type Candidate, reasonAgainst } from "./candidate.ts";
import { chooseMembers } from "./choose-members.ts";

/**
 * Finds the archive's chunks and signs a URL for each, for the sums and for the member index.
 *
 * @param expire how long the URLs shall work, seconds
 * @param paths members that the script is for; all if empty
 * @throws {ManagerError} code `unverified` for an archive without a head, `no-such-member`
 */
export async function signArchive(
  candidate: Candidate,
  expire: number,
  site: Site,
  paths: readonly string[] = [],
): Promise<RestoreInput> {
  const created = new Date();
  const asked = new Date(created.getTime() + expire * 1000);
  const source = site.legacyOf(candidate.archive.id);
  if (source !== undefined) {
    if (paths.length > 0) throw noIndex();
    const signer = await source.site.presigner.presignAll(expire);
    const input = await signLegacy(candidate, signer, source);
    return { ...input, ...common(signer), created, asked };
  }
  const { head } = candidate;
  if (head === undefined)
    throw new ManagerError(
      "unverified",
      `the archive cannot be used: ${reasonAgainst(candidate)}`,
      "",
    );
  const signer = await site.presigner.presignAll(expire);
  return {
    ...(await signOwn(candidate, head, signer, { site, paths })),
    ...common(signer),
    created,
    asked,
  };
}

type Signed = Omit<RestoreInput, "created" | "asked" | "expires" | "tool" | "urls">;

function common({
  base,
  query,
  expires,
}: UrlSigner): Pick<RestoreInput, "urls" | "expires" | "tool"> {
  return { urls: { base, query }, expires, tool: TOOL };
}

async function signOwn(
  { archive: { status }, trust }: Candidate,
  head: Head,
  signer: UrlSigner,
  { site, paths }: { readonly site: Site; readonly paths: readonly string[] },
): Promise<Signed> {
  const { catalog } = site;
  const { host, number, attempt, tarBytes, compression, encryption, digests } = head;
  const { chunks } = await catalog.readManifest(head);
  const { filters } = await site.trust();
  const only = paths.length > 0 ? await onlyOf(head, paths, chunks, site) : undefined;
  const key = encryption?.passphrase === true ? await catalog.readKey(head) : undefined;
  return {
    id: { host, number, attempt },
    status,
    finished: new Date(head.finished),
    tarBytes,
    compression,
    filters,
    encryption,
    chunks: chunks.map(({ name, versionId, tarLength, storedLength, sha256 }) => ({
      name: posix.basename(name),
      ...signer.sign(catalog.chunkKey(host, name), versionId),
      ...(versionId !== undefined && { versionId }),
      tarLength,
      storedLength,
      sha256,
    })),
    members: digests.members.map((sha256, index) => ({
      ...signer.sign(catalog.membersKey(head, index + 1)),
      sha256,
    })),
    sums: {
      ...signer.sign(catalog.sumsKey(head)),
      sha256: digests.sums,
      manifest: digests.manifest,
    },
    ...(only !== undefined && { only }),
    ...(key !== undefined && { dataKey: key.message }),
    ...(trust.state === "verified" && { verified: { by: trust.signer } }),
  };
}

async function onlyOf(
  head: Head,
  paths: readonly string[],
  chunks: readonly ChunkEntry[],
  site: Site,
): Promise<OnlyMembers> {
  if (head.digests.members.length === 0) throw noIndex();
  const decryptor = await createDecryptor();
  try {
    return await chooseMembers(paths, chunks, () => readMembers(head, decryptor, site));
  } finally {
    await decryptor.close();
  }
}

function noIndex(): ManagerError {
  const message = "the archive has no member index, so no script can be for members alone";
  return new ManagerError("no-such-archive", message, "Leave out --members.");
}

/** Neither their digests nor the length of the tar are known. */
async function signLegacy(
  { archive }: Candidate,
  signer: UrlSigner,
  { archive: { compression, encryption }, site }: LegacySource,
): Promise<Signed> {
  const { host, number } = archive.id;
  const listed = await site.catalog.listChunks({ host, number });
  const chunks: RestoreChunk[] = listed.map(({ key, storedLength }) => ({
    name: posix.basename(key),
    ...signer.sign(key),
    storedLength,
  }));
  const finished = archive.finished ?? archive.started;
  const { status } = archive;
  return { id: { host, number }, status, finished, compression, encryption, chunks };
}
