import * as z from "zod";

/** What BackupPC is asked for. */
export const startedFields = {
  archiveHost: z.string().describe("BackupPC's archive host"),
  hosts: z.array(z.string()).describe("in the order in which they are archived"),
};

/** What `start --json` prints. */
export const startJsonSchema = z.strictObject({
  format: z.literal(1),
  test: z.boolean().describe("true: BackupPC was asked for nothing"),
  ...startedFields,
});
