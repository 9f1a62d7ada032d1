import * as z from "zod";
import { archiveSchema } from "../json/archive.ts";
import { lastDrillSchema } from "../json/last-drill.ts";

/** What `list --json` prints. */
export const listJsonSchema = z.strictObject({
  format: z.literal(1),
  archives: z.array(archiveSchema).describe("by host and then by start"),
  overdueHosts: z
    .array(z.string())
    .optional()
    .describe("with `--overdue` only: the hosts without a complete archive in that time"),
  undrilledHosts: z
    .array(z.string())
    .optional()
    .describe("with `--undrilled` only: the hosts that no drill has proven in that time"),
  drills: z
    .array(lastDrillSchema.extend({ host: z.string() }))
    .describe("the last drill of each listed host that had one"),
});

export type DrillsJson = z.input<typeof listJsonSchema>["drills"];
