import { encodeHost } from "@backuppc-archive-s3/backup-catalog";
import type { RestoreInput } from "./restore-input.ts";

/** What the names of an archive's own objects begin with where a script keeps them: `gandalf.7.20261122T031500Z-5f3a9c`. */
export function archiveName({ id: { host, number, attempt } }: RestoreInput): string {
  const name = `${encodeHost(host)}.${number}`;
  return attempt === undefined ? name : `${name}.${attempt}`;
}
