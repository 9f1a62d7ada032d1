import { randomBytes } from "node:crypto";
import * as z from "zod";

/** Of the index's own format; another one is never guessed. */
export const INDEX_FORMAT = 1;

const key = z.hex().length(64);

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
  /** An object that shows by being there that the bucket is still the same one. */
  canary: z.strictObject({
    id: z.string(),
    /** `new`, `renewed`: not put yet, the latter in place of one that was present; `absent`: the store overwrites it, so it shows nothing. */
    state: z.enum(["new", "renewed", "present", "absent"]),
  }),
});

export type IndexHeader = z.infer<typeof indexHeaderSchema>;

/** A canary of a new name, which is not in the store yet. */
export function newCanary(): IndexHeader["canary"] {
  return { id: randomBytes(8).toString("hex"), state: "new" };
}
