import * as z from "zod";
import { archiveSchema } from "../json/archive.ts";

/** What `show --json` prints. */
export const showJsonSchema = z.strictObject({
  format: z.literal(1),
  archive: archiveSchema.extend({
    backup: z
      .strictObject({ type: z.string(), started: z.iso.datetime() })
      .nullable()
      .describe("what BackupPC's own record says; null if it could not be read"),
    tarBytes: z.int().nullable().describe("null where it is not known"),
    compression: z
      .string()
      .nullable()
      .describe("`none`, `gzip`, `bzip2` or a program; null where it is not known"),
    encryption: z
      .strictObject({
        passphrase: z.boolean().describe("a passphrase opens it"),
        recipients: z.array(z.string()).describe("fingerprints of the keys that open it"),
      })
      .nullable()
      .describe("null if it is stored in clear, or while unfinalized"),
    sourceErrors: z
      .int()
      .nullable()
      .describe("errors while BackupPC read it; null where it is not known"),
    tool: z.string().nullable().describe("the program that wrote it; null where it is not known"),
  }),
  otherAttempts: z.array(z.string()).describe("attempt ids of further archives of that number"),
});

export type ShownArchive = z.input<typeof showJsonSchema>["archive"];
