import type { GcOutcome } from "@backuppc-archive-s3/backup-catalog";
import * as z from "zod";

/** What was deleted. */
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

/** @param outcome of the catalog */
export function removedJson({ deleted, freedBytes, keptBy, failures }: GcOutcome): {
  objects: number;
  bytes: number;
  keptBy: "versioning" | "object-lock" | null;
  failures: { key: string; reason: string }[];
} {
  return {
    objects: deleted,
    bytes: freedBytes,
    keptBy: keptBy ?? null,
    failures: failures.map(({ key, reason }) => ({ key, reason })),
  };
}
