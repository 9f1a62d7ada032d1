import type { RestoreInput } from "@backuppc-archive-s3/restore-script";
import * as z from "zod";
import type { Candidate } from "./candidate.ts";
import { archiveIdFields, statusSchema } from "../json/archive.ts";

const entry = z.strictObject({
  ...archiveIdFields,
  status: statusSchema,
  verified: z.boolean().describe("a known key has signed the archive"),
  file: z.string().nullable().describe("the script; null with `--test` if no file was named"),
  expires: z.iso
    .datetime()
    .nullable()
    .describe("when the first of its URLs expires; null with `--test`"),
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
  { archive: { id, status }, trust }: Candidate,
  file: string | undefined,
  prepared: RestoreInput | undefined,
): ScriptEntry {
  const expires = prepared?.expires.toISOString() ?? null;
  const { host, number, attempt } = id;
  const verified = trust.state === "verified";
  return { host, number, attempt, status, verified, file: file ?? null, expires };
}
