import * as z from "zod";
import { removedFields, removedJson } from "../json/removed.ts";
import type { Freed } from "./free-host.ts";
import { refusalText } from "./refusal-text.ts";

/** What was freed of a host. */
export const freedFields = {
  immediate: z
    .boolean()
    .describe("true: `stateDirectory` is on this machine, so that nothing has to wait for a hold"),
  chunks: z.int().describe("chunks that no archive needs"),
  records: z.int().describe("records of attempts that are garbage"),
  bytes: z.int().describe("what both hold"),
  laterBytes: z.int().describe("chunks that only deleted archives still hold"),
  laterAfter: z.iso.datetime().nullable().describe("when the last of them may go"),
  youngBytes: z.int().describe("chunks that may be of a running archive"),
  refusal: z.string().nullable().describe("why nothing may be deleted, in words"),
  removed: z
    .strictObject(removedFields)
    .nullable()
    .describe("null if nothing was tried: with `--test`, or after a refusal"),
};

export function freedJson({
  plan,
  outcome,
  immediate,
}: Freed): z.input<z.ZodObject<typeof freedFields>> {
  return {
    immediate,
    chunks: plan.chunks.length,
    records: plan.attempts.reduce((sum, { records }) => sum + records, 0),
    bytes: plan.freedBytes,
    laterBytes: plan.laterBytes,
    laterAfter: plan.laterAfter?.toISOString() ?? null,
    youngBytes: plan.youngBytes,
    refusal: plan.refusal === undefined ? null : refusalText(plan.refusal),
    removed: outcome === undefined ? null : removedJson(outcome),
  };
}
