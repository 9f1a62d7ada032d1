import * as z from "zod";
import { archiveSchema } from "../json/archive.ts";

/** What `list --json` prints. */
export const listJsonSchema = z.strictObject({
  format: z.literal(1),
  archives: z.array(archiveSchema).describe("by host and then by start"),
  overdueHosts: z
    .array(z.string())
    .optional()
    .describe("with `--overdue` only: the hosts without a complete archive in that time"),
});
