import * as z from "zod";
import { archiveIdFields } from "../json/archive.ts";
import type { RekeyedHost } from "./rekey-host.ts";

/** What `rekey --json` prints. */
export const rekeyJsonSchema = z.strictObject({
  format: z.literal(1),
  test: z.boolean().describe("true: nothing was changed"),
  hosts: z.array(
    z.strictObject({
      host: z.string(),
      changed: z
        .int()
        .describe("archives that got the new passphrase; with `--test`, would get it"),
      unchanged: z.int().describe("archives that the new passphrase opened before"),
      without: z.int().describe("archives that no passphrase opens"),
      failures: z.array(
        z.strictObject({
          number: archiveIdFields.number,
          attempt: archiveIdFields.attempt,
          message: z.string(),
        }),
      ),
    }),
  ),
});

/** One host as `rekey --json` describes it. */
export function rekeyedJson({
  failures,
  ...counts
}: RekeyedHost): z.input<typeof rekeyJsonSchema>["hosts"][number] {
  return {
    ...counts,
    failures: failures.map(({ id, message }) => ({
      number: id.number,
      attempt: id.attempt,
      message,
    })),
  };
}
