import * as z from "zod";
import {
  type ArchiveId,
  type ChunkEntry,
  type Compression,
  type Encryption,
  FORMAT,
  type Head,
  type Manifest,
  MAX_CHUNKS,
  type Started,
} from "./archive.ts";
import { startOfAttempt } from "./attempt-id.ts";
import { parseChunkName } from "./keys.ts";
import { decodeRanges } from "./ranges.ts";

const count = z.number().int().nonnegative();
const time = z.iso.datetime();
const format = z.literal(FORMAT);
const attempt = z.string().refine((id) => startOfAttempt(id) !== undefined, "no attempt id");
const fingerprint = z.string().regex(/^[0-9A-F]{40,64}$/);
/** Shown to people, so no control characters; nor half a surrogate pair, which has no UTF-8. */
const word = z.string().regex(/^[^\p{Cc}\p{Surrogate}]{1,255}$/u);

/** SHA-256, lower-case hex. */
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** Names an installation of archive-host, or an epoch of its index, in keys. */
export const uploaderSchema: z.ZodType<string> = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);

const idFields = {
  host: z.string().regex(/^\P{Surrogate}{1,255}$/u),
  number: count,
  attempt,
};

const startedFields = { ...idFields, format, started: time, tool: word, uploader: uploaderSchema };

/** Names are the restore script's words too, so they hold nothing that a shell reads, and no option. */
export const compressionSchema: z.ZodType<Compression> = z.object({
  suffix: z.string().regex(/^(\.[A-Za-z0-9]{1,16})?$/),
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/),
});

/** To whom an archive is encrypted. */
export const encryptionSchema: z.ZodType<Encryption> = z
  .object({
    passphrase: z.boolean(),
    recipients: z.array(fingerprint).max(1000),
    subkeys: z.array(fingerprint).max(1000),
  })
  .refine((one) => one.passphrase || one.recipients.length > 0, "opened by nobody");

/** Host, number and attempt, each such that it can be a part of a key. */
export const archiveIdSchema: z.ZodType<ArchiveId> = z.object(idFields);

/** An entry of a manifest. */
export const chunkEntrySchema: z.ZodType<ChunkEntry> = z.object({
  name: z.string().refine((name) => parseChunkName(name) !== undefined, "no chunk's name"),
  versionId: z.exactOptional(z.string().regex(/^[\x21-\x7e]{1,1024}$/)),
  tarOffset: count,
  tarLength: count.positive(),
  storedLength: count,
  sha256: sha256Schema,
});

/** `started.json`. */
export const startedSchema: z.ZodType<Started> = z.object(startedFields);

/** `manifest.json`, by itself: not compared with its head. */
export const manifestSchema: z.ZodType<Manifest> = z.object({
  ...idFields,
  format,
  tarBytes: count,
  chunks: z.array(chunkEntrySchema).min(1).max(MAX_CHUNKS),
});

/** `archive.json`, by itself: not compared with its key or its marker. */
export const headSchema: z.ZodType<Head> = z
  .object({
    ...startedFields,
    backup: z.exactOptional(z.object({ type: word, started: time })),
    finished: time,
    status: z.enum(["complete", "partial"]),
    sourceErrors: count,
    encryption: encryptionSchema.nullable(),
    compression: compressionSchema,
    chunks: count.positive().max(MAX_CHUNKS),
    tarBytes: count,
    storedBytes: count,
    newChunks: count,
    newBytes: count,
    members: count,
    digests: z.object({
      manifest: sha256Schema,
      sums: sha256Schema,
      members: z.array(sha256Schema).max(9999),
    }),
    holdUntil: time,
    keeps: z.record(
      attempt,
      z.string().refine((ranges) => decodeRanges(ranges) !== undefined, "no ranges of chunks"),
    ),
  })
  .refine((head) => (head.status === "complete") === (head.sourceErrors === 0), {
    path: ["status"],
    error: "does not agree with sourceErrors",
  });
