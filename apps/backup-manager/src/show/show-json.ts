import * as z from "zod";
import { archiveSchema } from "../json/archive.ts";
import { lastDrillSchema } from "../json/last-drill.ts";

/** What `show --json` prints. */
export const showJsonSchema = z.strictObject({
  format: z.literal(1),
  archive: archiveSchema.extend({
    verified: z.boolean().describe("a known key has signed it; unless true, believe nothing below"),
    signer: z.string().nullable().describe("fingerprint of the key that has signed it"),
    unverified: z.string().nullable().describe("why it is not verified, in words"),
    backup: z
      .strictObject({ type: z.string(), started: z.iso.datetime() })
      .nullable()
      .describe("from BackupPC's own record; null if that could not be read"),
    tarBytes: z.int().nullable().describe("null if not known"),
    compression: z
      .string()
      .nullable()
      .describe("`none`, `gzip`, `bzip2` or a program; null if not known"),
    encryption: z
      .strictObject({
        passphrase: z.boolean().describe("a passphrase opens it"),
        recipients: z.array(z.string()).describe("fingerprints of the keys that open it"),
      })
      .nullable()
      .describe("null if it is stored unencrypted, or while incomplete"),
    sourceErrors: z.int().nullable().describe("errors while BackupPC read it; null if not known"),
    members: z.int().nullable().describe("files, folders and links in the tar; null if not known"),
    reused: z
      .array(z.strictObject({ attempt: z.string(), chunks: z.int() }))
      .nullable()
      .describe("chunks that earlier archives uploaded, by attempt; null if not known"),
    holdUntil: z.iso
      .datetime()
      .nullable()
      .describe(
        "until then none of its chunks is deleted, even if the archive is; null if not known",
      ),
    uploader: z
      .string()
      .nullable()
      .describe("which installation of archive-host wrote it; null if not known"),
    drill: lastDrillSchema.nullable().describe("of the host; null if none is known"),
    tool: z.string().nullable().describe("the program that wrote it; null if not known"),
  }),
  otherAttempts: z.array(z.string()).describe("attempt ids of further archives of that number"),
});

export type ShownArchive = z.input<typeof showJsonSchema>["archive"];
