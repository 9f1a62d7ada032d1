import * as z from "zod";
import { lastDrillSchema } from "../json/last-drill.ts";

/** What `kit --json` prints. There is no secret in it. */
export const kitJsonSchema = z.strictObject({
  format: z.literal(1),
  printed: z.iso.datetime(),
  store: z.strictObject({
    endpoint: z.string().nullable().describe("null: AWS"),
    region: z.string(),
    bucket: z.string(),
    prefix: z.string(),
  }),
  hosts: z.array(
    z.strictObject({
      host: z.string(),
      good: z
        .strictObject({
          number: z.int(),
          attempt: z.string(),
          time: z.iso.datetime().describe("when it was archived"),
          storedBytes: z.int().nullable().describe("what a restore downloads"),
        })
        .nullable()
        .describe("the newest verified archive whose chunks are all there; null if there is none"),
      drill: lastDrillSchema.nullable(),
    }),
  ),
  keys: z.strictObject({
    signers: z
      .array(z.string())
      .describe("fingerprints of the keys whose signature makes an archive genuine"),
    recipients: z.array(z.string()).describe("fingerprints of the public keys that open archives"),
  }),
  places: z
    .strictObject({
      configuration: z.string(),
      passphrase: z
        .string()
        .nullable()
        .describe("the file, or where else it is configured; null: there is none"),
      signers: z
        .array(z.string())
        .describe("the files of the keys in `keys.signers`; without one no archive is good"),
      authority: z.string().nullable().describe("`caFile`; null: the store's is a public one"),
    })
    .describe("on the machine that printed it"),
});

export type Kit = z.input<typeof kitJsonSchema>;
