import type { ArchiveSummary } from "@backuppc-archive-s3/backup-catalog";
import type { RestoreInput } from "@backuppc-archive-s3/restore-script";
import * as z from "zod";
import { archiveIdFields } from "../json/archive.ts";

const entry = z.strictObject({
  ...archiveIdFields,
  status: z.enum(["complete", "partial", "unfinalized"]),
  file: z.string().nullable().describe("the script; null with `--test` where no file was named"),
  expires: z.iso
    .datetime()
    .nullable()
    .describe("when the first of its URLs dies; null with `--test`"),
});

/** What `script --json` prints; without `--json` a single script is itself the result. */
export const scriptJsonSchema = z.strictObject({
  format: z.literal(1),
  scripts: z.array(entry),
  failures: z
    .array(z.strictObject({ host: z.string(), message: z.string() }))
    .describe("hosts that got no script, with `--all`"),
});

export type ScriptEntry = z.input<typeof entry>;

/** @param prepared undefined with `--test` */
export function scriptEntry(
  { id: { host, number, attempt }, status }: ArchiveSummary,
  file: string | undefined,
  prepared: RestoreInput | undefined,
): ScriptEntry {
  const expires = prepared?.expires.toISOString() ?? null;
  return { host, number, attempt, status, file: file ?? null, expires };
}
