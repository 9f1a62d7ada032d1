import { readdir } from "node:fs/promises";
import { decodeHost } from "@backuppc-archive-s3/backup-catalog";
import { unusable } from "../folder/open-folder.ts";

/**
 * The hosts that have a chunk index in the working folder, by name.
 *
 * @throws {ArchiverError} code `folder-unusable`
 */
export async function indexedHosts(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(unusable(folder));
  const hosts = names.flatMap((name) => {
    const [, segment] = /^(.+)\.index$/.exec(name) ?? [];
    const host = segment === undefined ? undefined : decodeHost(segment);
    return host === undefined ? [] : [host];
  });
  return hosts.toSorted();
}
