import * as z from "zod";

/** What `run --json` prints. */
export const runJsonSchema = z.strictObject({
  format: z.literal(1),
  test: z.boolean().describe("true: BackupPC was asked for nothing"),
  archiveHost: z.string().describe("BackupPC's archive host"),
  hosts: z
    .array(
      z.strictObject({
        host: z.string(),
        number: z.int().nullable().describe("BackupPC's backup number; null: it has no backup"),
        result: z
          .enum(["archived", "partial", "failed", "skipped", "planned"])
          .describe("`planned`: with `--test`, it would be archived"),
        message: z.string().describe("why, in words; BackupPC's error where one was the cause"),
      }),
    )
    .describe("in the order of their turns, then those that were skipped from the start"),
});
