export {
  type ArchiveId,
  type ChunkEntry,
  type Compression,
  type Encryption,
  FORMAT,
  type Manifest,
  type Marker,
  type Started,
} from "./archive.ts";
export { newAttemptId, startOfAttempt } from "./attempt-id.ts";
export type { ArchiveStatus, ArchiveSummary, Catalog, Commit, ListOptions } from "./catalog.ts";
export { CatalogError, type CatalogErrorCode } from "./catalog-error.ts";
export { encodeHost } from "./host-name.ts";
export { type CatalogOptions, openCatalog } from "./open-catalog.ts";
export {
  archiveIdSchema,
  chunkEntrySchema,
  compressionSchema,
  encryptionSchema,
  manifestSchema,
  markerSchema,
  startedSchema,
} from "./schemas.ts";
