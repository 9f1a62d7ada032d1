export {
  type ArchiveId,
  type BackupRecord,
  type ChunkEntry,
  type Compression,
  type Encryption,
  FORMAT,
  type Head,
  type HeadFacts,
  type Manifest,
  MAX_CHUNKS,
  type Started,
} from "./archive.ts";
export { newAttemptId, startOfAttempt } from "./attempt-id.ts";
export type { ArchiveStatus } from "./archive.ts";
export type {
  ArchiveSummary,
  Catalog,
  ListOptions,
  OpenedArchive,
  StoredHead,
  StoredKey,
} from "./catalog.ts";
export { CatalogError, type CatalogErrorCode, type CatalogErrorReason } from "./catalog-error.ts";
export { type CatalogOptions, openCatalog } from "./open-catalog.ts";
export type { DeleteOptions, DeleteOutcome, DeleteProgress } from "./delete/delete-outcome.ts";
export type { GarbageAttempt, GcOutcome, GcPlan, GcRefusal, GcRules } from "./gc/gc-plan.ts";
export type {
  Inventory,
  InventoryOptions,
  ListedAttempt,
  ListedChunk,
  ListedHead,
} from "./gc/inventory.ts";
export { planGc } from "./gc/plan-gc.ts";
export { mayDecompress } from "./decompressors.ts";
export { checkHost, decodeHost, encodeHost } from "./host-name.ts";
export { chunkName, parseChunkName, type ParsedChunkName, plainName } from "./keys.ts";
export { openLegacyCatalog, type LegacyOptions } from "./legacy/open-legacy-catalog.ts";
export { legacyBuckets, type LegacyBucket } from "./legacy/legacy-buckets.ts";
export {
  type Backup,
  LEGACY_ATTEMPT,
  type LegacyArchive,
  type LegacyCatalog,
  type LegacyMarker,
} from "./legacy/legacy-catalog.ts";
export {
  holdOfChunk,
  holdOfRun,
  LONGEST_RUN_MS,
  MARGIN_MS,
  mayReuse,
  protectedUntil,
  type Protection,
  REUSE_WINDOW_MS,
  UNLISTED_REUSE_MS,
} from "./protocol.ts";
export { decodeRanges, encodeRanges, type IndexRange } from "./ranges.ts";
export type {
  ArchiveContents,
  ArchiveDescription,
  ContentChunk,
  ReadableArchive,
} from "./readable/readable-archive.ts";
export type { ArchiveFacts } from "./retention/archive-facts.ts";
export { assess, assessLegacy } from "./retention/assess.ts";
export type { Period } from "./retention/calendar.ts";
export type { Decision, Reason, Stop } from "./retention/decision.ts";
export { planRetention } from "./retention/plan-retention.ts";
export type { RetentionPolicy } from "./retention/policy.ts";
export {
  archiveIdSchema,
  chunkEntrySchema,
  compressionSchema,
  encryptionSchema,
  headSchema,
  manifestSchema,
  startedSchema,
  uploaderSchema,
} from "./schemas.ts";
export type { SignatureVerifier, Trust, TrustState, UnverifiedReason } from "./trust.ts";
export type { Finding } from "./verify/finding.ts";
export { sampleChunks } from "./verify/sample-chunks.ts";
export { checkSums, sumsOf } from "./verify/sums.ts";
export type {
  ArchiveCheck,
  DamagedChunk,
  VerifyOptions,
  VerifyReport,
} from "./verify/verify-report.ts";
export type { ArchiveWriter, Commit, MembersOptions, OnceOutcome } from "./write/archive-writer.ts";
export { openArchiveWriter } from "./write/open-archive-writer.ts";
