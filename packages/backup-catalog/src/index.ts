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
export type { ArchiveStatus } from "./archive-status.ts";
export type { ArchiveSummary, Catalog, Commit, ListOptions } from "./catalog.ts";
export { CatalogError, type CatalogErrorCode } from "./catalog-error.ts";
export { encodeHost } from "./host-name.ts";
export type { DeleteOptions, DeleteOutcome, DeleteProgress } from "./delete/delete-outcome.ts";
export type { Garbage, GarbageReason, GcPlan, Holding, InventoryOptions } from "./gc/garbage.ts";
export { type GcRules, planGc, STALE_AFTER } from "./gc/plan-gc.ts";
export {
  openPredecessorCatalog,
  type PredecessorOptions,
} from "./predecessor/open-predecessor-catalog.ts";
export { predecessorBuckets, type PredecessorBucket } from "./predecessor/predecessor-buckets.ts";
export {
  type Backup,
  PREDECESSOR_ATTEMPT,
  type PredecessorArchive,
  type PredecessorCatalog,
  type PredecessorChunk,
  type PredecessorMarker,
} from "./predecessor/predecessor-catalog.ts";
export type { Period } from "./retention/calendar.ts";
export type { DatedArchive, Decision, Reason } from "./retention/decision.ts";
export { planRetention } from "./retention/plan-retention.ts";
export type { RetentionPolicy } from "./retention/policy.ts";
export { checkSums, type CheckedSums } from "./verify/check-sums.ts";
export { sampleChunks } from "./verify/sample-chunks.ts";
export type { Finding } from "./verify/finding.ts";
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
export { processStart } from "./run-status/process-start.ts";
export { readRunStatuses, type SeenRun } from "./run-status/read-run-statuses.ts";
export type { RunStatus } from "./run-status/run-status.ts";
export { removeRunStatus, writeRunStatus } from "./run-status/write-run-status.ts";
