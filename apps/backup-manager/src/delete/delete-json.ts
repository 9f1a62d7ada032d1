import * as z from "zod";
import { archiveJson, archiveSchema } from "../json/archive.ts";
import { startedFields } from "../start/start-json.ts";
import type { Done } from "./delete-planned.ts";

/** What was deleted of an archive. */
export const removedFields = {
  objects: z.int().describe("objects that were deleted; with `--purge-versions`, versions"),
  bytes: z.int().describe("what they held"),
  keptBy: z
    .enum(["versioning", "object-lock"])
    .nullable()
    .describe("why nothing was freed: the bucket keeps what is deleted"),
  failures: z
    .array(z.strictObject({ key: z.string(), reason: z.string() }))
    .describe("what stayed; delete it again"),
};

/** What `delete --json` prints. */
export const deleteJsonSchema = z.strictObject({
  format: z.literal(1),
  test: z.boolean().describe("true: nothing was deleted"),
  archives: z.array(
    archiveSchema.extend({
      action: z.enum(["keep", "delete"]),
      why: z.string().describe("in words"),
      removed: z.strictObject(removedFields).nullable().describe("null where nothing was tried"),
    }),
  ),
  started: z
    .strictObject(startedFields)
    .nullable()
    .describe("with `--start-backups`: what BackupPC was asked for"),
});

/** One archive as `delete --json` tells of it. */
export function deletedJson({
  archive,
  action,
  why,
  outcome,
}: Done): z.input<typeof deleteJsonSchema>["archives"][number] {
  return { ...archiveJson(archive), action, why, removed: outcome ? removedJson(outcome) : null };
}

/** @param outcome of the catalog */
export function removedJson({ deleted, bytes, keptBy, failures }: NonNullable<Done["outcome"]>): {
  objects: number;
  bytes: number;
  keptBy: "versioning" | "object-lock" | null;
  failures: { key: string; reason: string }[];
} {
  return {
    objects: deleted,
    bytes,
    keptBy: keptBy ?? null,
    failures: failures.map(({ key, reason }) => ({ key, reason })),
  };
}
