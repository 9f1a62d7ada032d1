import type { IndexedMember } from "@backuppc-archive-s3/archiver";
import { CatalogError, type Head } from "@backuppc-archive-s3/backup-catalog";
import type { Decryptor } from "../decrypt/decrypt.ts";
import { ManagerError } from "../manager-error.ts";
import type { Site } from "../site.ts";
import { printable } from "../text/printable.ts";
import { readMembers } from "./read-members.ts";

/** As {@link readMembers}, for commands that print its errors as they are: they begin with the archive. */
export async function* membersOfArchive(
  head: Head,
  decryptor: Decryptor,
  site: Site,
): AsyncGenerator<IndexedMember> {
  try {
    yield* readMembers(head, decryptor, site);
  } catch (error) {
    throw titled(error, `${printable(head.host)} ${head.number}`);
  }
}

function titled(error: unknown, title: string): unknown {
  if (error instanceof ManagerError)
    return new ManagerError(error.code, `${title}: ${error.message}`, error.hint, error);
  if (!(error instanceof CatalogError)) return error;
  const { code, message, reason } = error;
  const details = { ...(reason !== undefined && { reason }), cause: error };
  return new CatalogError(code, `${title}: ${message}`, details);
}
