import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type IndexedMember, parseMemberLine } from "@backuppc-archive-s3/archiver";
import { CatalogError, type Head } from "@backuppc-archive-s3/backup-catalog";
import { messageOf } from "@backuppc-archive-s3/process";
import type { Site } from "../site.ts";
import type { Decryptor } from "../decrypt/decrypt.ts";
import { openingOf } from "../decrypt/opening-of.ts";

/**
 * The members of an archive's tar, in its order, from the member index: some MiB at a time. The head has the digest of
 * each part, so what is read is what was archived.
 *
 * @throws {CatalogError} code `damaged`; {ManagerError} as the decryptor does
 */
export async function* readMembers(
  head: Head,
  decryptor: Decryptor,
  site: Site,
): AsyncGenerator<IndexedMember> {
  const opening = await openingOf(head, site);
  for (const index of head.digests.members.keys()) {
    const stored = once(await site.catalog.readMembers(head, index + 1));
    const gzipped = opening === undefined ? stored : decryptor.decrypt(stored, opening);
    yield* membersOf(await unzipped(gzipped));
  }
}

/** Bytes of a part: it ends with the member that fills 4 MiB, whose name has 1 MiB at most. */
const LARGEST = 67_108_864;

async function unzipped(gzipped: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of gzipped) pieces.push(piece);
  try {
    return await promisify(gunzip)(Buffer.concat(pieces), { maxOutputLength: LARGEST });
  } catch (error) {
    throw damaged(error);
  }
}

function* membersOf(text: Buffer): Generator<IndexedMember> {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf("\n", start);
    try {
      yield parseMemberLine(text.subarray(start, end < 0 ? text.length : end));
    } catch (error) {
      throw damaged(error);
    }
    if (end < 0) return;
    start = end + 1;
  }
}

function damaged(cause: unknown): CatalogError {
  const message = `the member index is damaged: ${messageOf(cause)}`;
  return new CatalogError("damaged", message, { reason: "member-index", cause });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
