import { z } from "zod";

/** The version of every JSON that this release writes; a newer one is refused, never guessed. */
export const FORMAT = 1;

/** How chunks were made small: the suffix that their names carry, such as `.gz`, and the program that undoes it. */
export const compressionSchema = z.object({
  /** `""` for none. */
  suffix: z.string().regex(/^(\.[A-Za-z0-9]+)?$/),
  /** `none`, `gzip`, `bzip2`, or the filter program's own name. */
  name: z.string().regex(/^[A-Za-z0-9._+-]+$/),
});
export type Compression = z.infer<typeof compressionSchema>;

/** Who can open the sealed chunks. */
export const encryptionSchema = z.object({
  /** A passphrase opens them. */
  symmetric: z.boolean(),
  /** Fingerprints of the public keys whose owners can, upper-case hex. */
  recipients: z.array(z.string().regex(/^[0-9A-F]{40,64}$/)),
});
export type Encryption = z.infer<typeof encryptionSchema>;

/** One attempt to take one backup of one host off-site. */
export const archiveIdSchema = z.object({
  host: z.string().min(1),
  /** BackupPC's backup number. */
  number: z.number().int().nonnegative(),
  /** Attempt id: UTC start and a random tail, `20261122T031500Z-5f3a9c`. */
  attempt: z.string().regex(/^\d{8}T\d{6}Z-[0-9a-f]{6}$/),
});
export type ArchiveId = z.infer<typeof archiveIdSchema>;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** One sealed chunk, in stream order. Lengths and offsets in bytes. */
export const chunkEntrySchema = z.object({
  key: z.string().min(1),
  tarOffset: z.number().int().nonnegative(),
  tarLength: z.number().int().nonnegative(),
  storedLength: z.number().int().nonnegative(),
  /** SHA-256 of the stored bytes, lower-case hex. */
  sha256: sha256Schema,
});
export type ChunkEntry = z.infer<typeof chunkEntrySchema>;

/** `started.json`: written first. */
export const startedSchema = archiveIdSchema.extend({
  format: z.literal(FORMAT),
  started: z.iso.datetime(),
  tool: z.string(),
});
export type Started = z.infer<typeof startedSchema>;

/** `complete.….json` or `partial.….json`, the marker: written last, what `show` tells. */
export const markerSchema = startedSchema.extend({
  finished: z.iso.datetime(),
  /** What BackupPC's own record says of the backup, where it could be read. */
  backup: z.object({ type: z.string(), started: z.iso.datetime() }).optional(),
  chunks: z.number().int().positive(),
  tarBytes: z.number().int().nonnegative(),
  storedBytes: z.number().int().nonnegative(),
  compression: compressionSchema,
  encryption: encryptionSchema.nullable(),
  /** Errors that BackupPC_tarCreate counted while reading the backup. */
  sourceErrors: z.number().int().nonnegative(),
});
export type Marker = z.infer<typeof markerSchema>;

/** `manifest.json`: every sealed chunk in order. Holds no digest of plaintext. */
export const manifestSchema = archiveIdSchema.extend({
  format: z.literal(FORMAT),
  compression: compressionSchema,
  encryption: encryptionSchema.nullable(),
  tarBytes: z.number().int().nonnegative(),
  chunks: z.array(chunkEntrySchema).min(1),
});
export type Manifest = z.infer<typeof manifestSchema>;
