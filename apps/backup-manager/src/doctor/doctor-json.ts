import * as z from "zod";
import { FINDING_STATES } from "./finding.ts";

/** What `doctor --json` prints. */
export const doctorJsonSchema = z.strictObject({
  format: z.literal(1),
  findings: z.array(
    z.strictObject({
      check: z.string().describe("what was looked at"),
      state: z.enum(FINDING_STATES),
      message: z.string().describe("what was found"),
      remedy: z.string().nullable().describe("what to do about it; null if nothing"),
    }),
  ),
});
