import * as z from "zod";
import { freedFields, freedJson } from "../free/freed-json.ts";
import { archiveJson, archiveSchema } from "../json/archive.ts";
import { removedFields, removedJson } from "../json/removed.ts";
import { startedFields } from "../start/start-json.ts";
import type { Done, DoneHost } from "./delete-planned.ts";

/** What `delete --json` prints. */
export const deleteJsonSchema = z.strictObject({
  format: z.literal(1),
  test: z.boolean().describe("true: nothing was deleted"),
  archives: z.array(
    archiveSchema.extend({
      action: z.enum(["keep", "delete"]),
      why: z.string().describe("in words"),
      removed: z
        .strictObject(removedFields)
        .nullable()
        .describe("its records, without chunks; null if nothing was tried"),
    }),
  ),
  hosts: z
    .array(
      z.strictObject({
        host: z.string(),
        stop: z.string().nullable().describe("why nothing was decided for the host, in words"),
        freed: z
          .strictObject(freedFields)
          .nullable()
          .describe("chunks that no archive needs any more; null if none of its archives goes"),
      }),
    )
    .describe("the hosts that were decided about"),
  started: z
    .strictObject(startedFields)
    .nullable()
    .describe("with `--start-backups`: what BackupPC was asked for"),
});

type DeleteJson = z.input<typeof deleteJsonSchema>;

/** One archive as `delete --json` describes it. */
export function deletedJson({
  archive,
  action,
  why,
  outcome,
}: Done): DeleteJson["archives"][number] {
  return { ...archiveJson(archive), action, why, removed: outcome ? removedJson(outcome) : null };
}

export function deletedHostJson({ plan, freed }: DoneHost): DeleteJson["hosts"] {
  const { host, stop = null } = plan;
  return [{ host, stop, freed: freed === undefined ? null : freedJson(freed) }];
}
