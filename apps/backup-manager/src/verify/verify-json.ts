import * as z from "zod";
import { archiveJson, archiveSchema } from "../json/archive.ts";
import { findingText } from "./finding-text.ts";
import { type Verified, verdictOf } from "./verified.ts";

/** What `verify --json` prints. */
export const verifyJsonSchema = z.strictObject({
  format: z.literal(1),
  archives: z.array(
    archiveSchema.extend({
      result: z
        .enum(["intact", "damaged", "unverified", "unchecked"])
        .describe(
          "`unverified`: no signing key that is known has signed it, otherwise intact; `unchecked`: it could not be checked",
        ),
      downloaded: z
        .strictObject({ chunks: z.int(), bytes: z.int() })
        .nullable()
        .describe("with `--data`; a chunk of several archives counts for the newest"),
      findings: z.array(
        z.strictObject({
          kind: z.enum([
            "missing",
            "wrong-length",
            "damaged",
            "extra",
            "no-marker",
            "bad-head",
            "bad-signature",
            "not-verified",
            "refused",
            "bad-manifest",
            "bad-sums",
            "no-sums",
            "no-key",
            "missing-members",
          ]),
          key: z.string().nullable(),
          message: z.string(),
        }),
      ),
      error: z.string().nullable().describe("why it could not be checked"),
    }),
  ),
  lost: z
    .array(
      z.strictObject({
        host: z.string(),
        chunks: z.array(z.string()).describe("names below `chunks/<host>/`"),
        struck: z
          .int()
          .nullable()
          .describe(
            "how many were struck from the chunk index, so that the next archive uploads them; null: the index is not at hand",
          ),
      }),
    )
    .describe("chunks that are lost or damaged, by host"),
});

/** One archive as `verify --json` describes it. */
export function verifiedJson(
  verified: Verified,
): z.input<typeof verifyJsonSchema>["archives"][number] {
  const { archive, findings, data, error } = verified;
  return {
    ...archiveJson(archive),
    result: verdictOf(verified),
    downloaded: data === undefined ? null : { chunks: data.chunks, bytes: data.bytes },
    findings: findings.map((finding) => ({
      kind: finding.kind,
      key: "key" in finding ? finding.key : null,
      message: findingText(finding),
    })),
    error: error ?? null,
  };
}
