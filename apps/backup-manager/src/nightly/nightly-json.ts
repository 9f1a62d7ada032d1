import * as z from "zod";
import { KINDS, type TroubleKind } from "./trouble.ts";

const kinds = Object.keys(KINDS).filter((kind): kind is TroubleKind => kind in KINDS);

/** What `nightly --json` prints. */
export const nightlyJsonSchema = z.strictObject({
  format: z.literal(1),
  away: z
    .string()
    .nullable()
    .describe("why the store does not answer, and what works meanwhile; null: it does"),
  troubles: z
    .array(
      z.strictObject({
        kind: z.enum(kinds).describe("as docs/when-mail-comes.md explains"),
        host: z.string().nullable(),
        attempt: z.string().nullable(),
        since: z.iso.datetime().nullable(),
        why: z.string().describe("in words; BackupPC's last error, where that is the cause"),
        next: z.string().describe("the next command"),
      }),
    )
    .describe("the most urgent first"),
});
