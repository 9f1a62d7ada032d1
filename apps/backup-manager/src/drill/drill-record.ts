import * as z from "zod";

/** A drill, as its host's state file has it. */
const recordSchema = z.strictObject({
  time: z.iso.datetime().describe("when it began"),
  number: z.int().nullable().describe("backup number; null if no archive could be chosen"),
  attempt: z.string().nullable(),
  scope: z.enum(["members", "full"]).describe("some members, or everything"),
  againstBackuppc: z.boolean().describe("compared with BackupPC's own backup, too"),
  result: z.enum(["proven", "failed"]),
  reason: z.string().nullable().describe("why it failed; null if it did not"),
  members: z.int().describe("members that were compared"),
  bytes: z.int().describe("bytes of their files"),
  seconds: z.number().describe("how long the script ran"),
});

export type DrillRecord = z.output<typeof recordSchema>;

/** What is kept of a host's drills. */
export const drillsSchema = z.strictObject({
  format: z.literal(1),
  host: z.string(),
  last: recordSchema.describe("the last drill"),
  proven: recordSchema.nullable().describe("the last one that succeeded; null if none did"),
});

export type HostDrills = z.output<typeof drillsSchema>;

/** What stands in the file after one more drill. */
export function afterDrill(
  before: HostDrills | undefined,
  host: string,
  last: DrillRecord,
): HostDrills {
  const proven = last.result === "proven" ? last : (before?.proven ?? null);
  return { format: 1, host, last, proven };
}
