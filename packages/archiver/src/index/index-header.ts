import { randomBytes } from "node:crypto";
import * as z from "zod";

/** Of the index's own format; another one is never guessed. */
export const INDEX_FORMAT = 1;

const key = z.hex().length(64);
const count = z.int().nonnegative();

/** The index's first line: the epoch, its keys, and what they are bound to. */
export const indexHeaderSchema = z.strictObject({
  format: z.literal(INDEX_FORMAT),
  host: z.string(),
  /** Random; chunks of two epochs never stand in one index. */
  epoch: z.string(),
  /** With a passphrase: what the chunks are encrypted with. */
  dataKey: key.nullable(),
  /** Decides where the tar is cut. */
  cutKey: key,
  /** Bytes of an average chunk. */
  mean: z.int().positive(),
  encrypted: z.boolean(),
  /** A salted scrypt of the passphrase. */
  passphrase: z.strictObject({ salt: z.hex(), verifier: z.hex() }).nullable(),
  /** Fingerprints of the keys that chunks are encrypted to, sorted. */
  subkeys: z.array(z.string()),
  compression: z.strictObject({ name: z.string(), suffix: z.string() }),
  store: z.strictObject({
    bucket: z.string(),
    endpoint: z.string().nullable(),
    prefix: z.string(),
  }),
  /** Fingerprint of the signing key. */
  uploader: z.string(),
  /** Objects that show by being there that the store is the same one; null: it overwrites them, so they show nothing. */
  canary: z
    .strictObject({
      id: z.string(),
      /** Number of the next check: no higher one has been claimed. */
      next: count,
      /** Up to this one, exclusive, all numbers are claimed in the store. */
      claimed: count,
      /** Up to this one, exclusive, all checks to come have a witness in the store. */
      ready: count,
    })
    .nullable(),
});

/** The first line of a chunk index: what its chunks are bound to. */
export type IndexHeader = z.infer<typeof indexHeaderSchema>;

/** Canaries of a new name, none of which is in the store yet. */
export function newCanary(): IndexHeader["canary"] {
  return { id: randomBytes(8).toString("hex"), next: 0, claimed: 0, ready: 0 };
}
