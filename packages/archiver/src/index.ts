export { archiveTar } from "./archive/archive-tar.ts";
export type {
  ArchivedTar,
  ArchiveEncryption,
  ArchiveOptions,
  ChunkProgress,
  StartedArchive,
  TarSource,
} from "./archive/archive-options.ts";
export { ArchiverError, type ArchiverErrorCode } from "./archiver-error.ts";
export { chooseCompressor, type CompressorChoice } from "./compress/choose-compressor.ts";
export type { Compressor } from "./compress/compressor.ts";
export { type HostLock, lockHost } from "./folder/lock-host.ts";
export { readPrivate, replacePrivate } from "./folder/private-file.ts";
export { ChunkIndex, type FoundIndex } from "./index/chunk-index.ts";
export { indexedHosts } from "./index/indexed-hosts.ts";
export type { IndexedChunk } from "./index/indexed-chunk.ts";
export type { IndexHeader } from "./index/index-header.ts";
export { verifierOf } from "./index/passphrase-verifier.ts";
export { type Canaries, checkStore, type StoreCheck } from "./index/canary.ts";
export { type Binding, newEpoch, whatChanged } from "./index/epoch.ts";
export { type EpochOptions, openEpoch } from "./index/open-epoch.ts";
export { ChunkTable } from "./index/chunk-table.ts";
export { chunkLine, headerLine, type ReadIndex, readIndexText } from "./index/index-text.ts";
export { type IndexedMember, parseMemberLine } from "./members/parse-member-line.ts";
export { decideReuse, protectionOf, type ReusingRun } from "./reuse/decide-reuse.ts";
export { whyTooLate } from "./reuse/why-too-late.ts";
export type { ChunkLocks } from "./reuse/chunk-locks.ts";
export { type SigningKeyFiles, signingKeyFiles } from "./signing/signing-key-files.ts";
export { processStart } from "./run-status/process-start.ts";
export { readRunStatuses, type SeenRun } from "./run-status/read-run-statuses.ts";
export type { RunStatus } from "./run-status/run-status.ts";
export { removeRunStatus, writeRunStatus } from "./run-status/write-run-status.ts";
