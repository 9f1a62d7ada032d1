import * as z from "zod";
import type { Freed } from "../free/free-host.ts";
import { freedFields, freedJson } from "../free/freed-json.ts";
import { archiveIdFields } from "../json/archive.ts";

/** What `gc --json` prints. */
export const gcJsonSchema = z.strictObject({
  format: z.literal(1),
  test: z.boolean().describe("true: nothing was deleted"),
  hosts: z.array(
    z.strictObject({
      host: z.string(),
      ...freedFields,
      attempts: z
        .array(
          z.strictObject({
            number: archiveIdFields.number,
            attempt: archiveIdFields.attempt,
            reason: z
              .enum(["expired", "released", "broken-off", "hidden"])
              .describe(
                "`expired`: it was deleted, and its hold has ended; `released`: it was deleted, and holds nothing; `broken-off`: its run failed; `hidden`: versions that a delete left",
              ),
          }),
        )
        .describe("attempts whose records are garbage"),
    }),
  ),
});

/** One host as `gc --json` describes it. */
export function collectedJson(freed: Freed): z.input<typeof gcJsonSchema>["hosts"][number] {
  const { host, attempts } = freed.plan;
  return {
    host,
    ...freedJson(freed),
    attempts: attempts.map(({ id: { number, attempt }, reason }) => ({ number, attempt, reason })),
  };
}
