import * as z from "zod";
import {
  type ArchiveId,
  type ChunkEntry,
  type Compression,
  type Encryption,
  FORMAT,
  type Manifest,
  type Marker,
  type Started,
} from "./archive.ts";

const count = z.number().int().nonnegative();
const time = z.iso.datetime();
const format = z.literal(FORMAT);

const idFields = {
  // Half a surrogate pair has no UTF-8, so it could not be in a key.
  host: z.string().regex(/^\P{Surrogate}+$/u),
  number: count,
  attempt: z.string().regex(/^\d{8}T\d{6}Z-[0-9a-f]{6}$/),
};

const startedFields = { ...idFields, format, started: time, tool: z.string() };

/** Names are the restore script's words too, so they hold nothing that a shell reads. */
export const compressionSchema: z.ZodType<Compression> = z.object({
  suffix: z.string().regex(/^(\.[A-Za-z0-9]+)?$/),
  name: z.string().regex(/^[A-Za-z0-9._+-]+$/),
});

export const encryptionSchema: z.ZodType<Encryption> = z.object({
  symmetric: z.boolean(),
  recipients: z.array(z.string().regex(/^[0-9A-F]{40,64}$/)),
});

export const archiveIdSchema: z.ZodType<ArchiveId> = z.object(idFields);

export const chunkEntrySchema: z.ZodType<ChunkEntry> = z.object({
  key: z.string().min(1),
  tarOffset: count,
  tarLength: count,
  storedLength: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export const startedSchema: z.ZodType<Started> = z.object(startedFields);

export const markerSchema: z.ZodType<Marker> = z.object({
  ...startedFields,
  finished: time,
  backup: z.exactOptional(z.object({ type: z.string(), started: time })),
  chunks: z.number().int().positive(),
  tarBytes: count,
  storedBytes: count,
  compression: compressionSchema,
  encryption: encryptionSchema.nullable(),
  sourceErrors: count,
});

export const manifestSchema: z.ZodType<Manifest> = z.object({
  ...idFields,
  format,
  compression: compressionSchema,
  encryption: encryptionSchema.nullable(),
  tarBytes: count,
  chunks: z.array(chunkEntrySchema).min(1),
});
