import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { ArchiverError, lockHost, signingKeyFiles } from "@backuppc-archive-s3/archiver";
import type { ArchiveWriter } from "@backuppc-archive-s3/backup-catalog";
import { readFingerprints } from "@backuppc-archive-s3/gpg";
import type { HostState } from "./host-state.ts";
import { heldHost } from "./held-host.ts";

/**
 * Takes archive-host's lock of a host, if its working directory is on this machine: where its signing key is.
 *
 * @throws {ArchiverError} code `folder-unusable` or `lock-failed`
 */
export async function lockHostState(
  folder: string,
  host: string,
  writer: Pick<ArchiveWriter, "canary">,
): Promise<HostState> {
  const { secret, public: publicKey } = signingKeyFiles(folder);
  if (!(await mayUse(folder, constants.W_OK)) || !(await mayUse(secret, constants.F_OK)))
    return { kind: "elsewhere" };
  const [uploader] = await readFingerprints([publicKey]);
  if (uploader === undefined) return { kind: "elsewhere" };
  try {
    const lock = await lockHost(folder, host);
    return { kind: "held", lock: heldHost({ folder, host, uploader, lock, writer }) };
  } catch (error) {
    if (error instanceof ArchiverError && error.code === "locked") return { kind: "busy" };
    throw error;
  }
}

async function mayUse(path: string, mode: number): Promise<boolean> {
  return await access(path, mode).then(
    () => true,
    () => false,
  );
}
