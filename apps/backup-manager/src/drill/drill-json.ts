import * as z from "zod";
import { archiveIdFields } from "../json/archive.ts";

/** What `drill --json` prints. */
export const drillJsonSchema = z.strictObject({
  format: z.literal(1),
  drills: z.array(
    z.strictObject({
      host: archiveIdFields.host,
      number: archiveIdFields.number.nullable().describe("null if no archive could be chosen"),
      attempt: archiveIdFields.attempt.nullable(),
      started: z.iso.datetime(),
      scope: z.enum(["members", "full"]).describe("some members, or everything"),
      againstBackuppc: z.boolean(),
      result: z
        .enum(["proven", "damaged", "failed", "sabotage noticed", "sabotage missed", "not run"])
        .describe("`not run`: with `--test`"),
      reason: z.string().nullable().describe("why it is not proven, with the remedy"),
      members: z.int().describe("members that were compared"),
      bytes: z.int().describe("bytes of their files"),
      differences: z
        .array(z.string())
        .describe("what was restored differently than the member index, or BackupPC, has it"),
      seconds: z.number().nullable().describe("how long the script ran"),
      secondsForAll: z
        .number()
        .nullable()
        .describe("how long a restore of everything would take; null if not known"),
    }),
  ),
});

export type DrillJson = z.input<typeof drillJsonSchema>["drills"][number];
