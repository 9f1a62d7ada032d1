import * as z from "zod";
import { archiveJson, archiveSchema } from "../json/archive.ts";
import { findingText, isDamage } from "./finding-text.ts";
import type { Verified } from "./verify-archives.ts";

/** What `verify --json` prints. */
export const verifyJsonSchema = z.strictObject({
  format: z.literal(1),
  archives: z.array(
    archiveSchema.extend({
      whole: z.boolean().nullable().describe("null: it could not be checked"),
      downloaded: z
        .strictObject({ chunks: z.int(), bytes: z.int() })
        .nullable()
        .describe("with `--data`"),
      findings: z.array(
        z.strictObject({
          kind: z.enum([
            "missing",
            "wrong-length",
            "extra",
            "damaged",
            "no-marker",
            "no-sums",
            "bad-manifest",
            "marker-disagrees",
          ]),
          key: z.string().nullable(),
          message: z.string(),
        }),
      ),
      error: z.string().nullable().describe("why it could not be checked"),
    }),
  ),
});

/** One archive as `verify --json` tells of it. */
export function verifiedJson({
  archive,
  findings,
  data,
  error,
}: Verified): z.input<typeof verifyJsonSchema>["archives"][number] {
  return {
    ...archiveJson(archive),
    whole: error === undefined ? !findings.some(isDamage) : null,
    downloaded: data === undefined ? null : { chunks: data.chunks, bytes: data.bytes },
    findings: findings.map((finding) => ({
      kind: finding.kind,
      key: "key" in finding ? finding.key : null,
      message: findingText(finding),
    })),
    error: error ?? null,
  };
}
