import * as z from "zod";
import { factsJson, memberFields } from "../members/member-json.ts";
import type { Change } from "./changes-between.ts";

const archiveSchema = z.strictObject({
  number: z.int().describe("BackupPC's backup number"),
  attempt: z.string().describe("attempt id"),
});

/** What `diff --json` prints. */
export const diffJsonSchema = z.strictObject({
  format: z.literal(1),
  host: z.string().describe("as BackupPC calls it"),
  from: archiveSchema,
  to: archiveSchema,
  changes: z.array(
    z.strictObject({
      path: z.string().describe("without a leading `./` or `/`"),
      before: z.strictObject(memberFields).nullable().describe("null if it was added"),
      after: z.strictObject(memberFields).nullable().describe("null if it was removed"),
    }),
  ),
});

export function changeJson({
  name,
  before,
  after,
}: Change): z.input<typeof diffJsonSchema>["changes"][number] {
  return {
    path: name,
    before: before === undefined ? null : factsJson(before),
    after: after === undefined ? null : factsJson(after),
  };
}
