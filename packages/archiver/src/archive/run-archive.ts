import { chunkName, FORMAT, newAttemptId, type Started } from "@backuppc-archive-s3/backup-catalog";
import type { TarCount } from "@backuppc-archive-s3/chunk-splitter";
import type { Signer } from "@backuppc-archive-s3/gpg";
import { ArchiverError } from "../archiver-error.ts";
import { ChunkBuffers } from "../chunks/chunk-buffers.ts";
import type { ChunkStages } from "../chunks/chunk-stages.ts";
import { storeStream, type StoredStream } from "../chunks/store-stream.ts";
import type { ChunkIndex } from "../index/chunk-index.ts";
import { MemberIndex } from "../members/member-index.ts";
import { storeTime } from "../reuse/store-time.ts";
import type { ArchivedTar, ArchiveOptions, TarSource } from "./archive-options.ts";
import type { Cleanup } from "./cleanup.ts";
import { commitArchive } from "./commit-archive.ts";
import { largestChunk } from "./largest-chunk.ts";
import { type Protect, protection } from "./protection.ts";

/** What has been opened for a run. */
export interface Run {
  readonly index: ChunkIndex;
  readonly signer: Signer;
  readonly controller: AbortController;
  readonly cleanup: Cleanup;
}

/** Begins the attempt, stores the stream, and commits. */
export async function runArchive(options: ArchiveOptions, run: Run): Promise<ArchivedTar> {
  const { host, number, tool, store, writer } = options;
  const { signer, controller } = run;
  const { signal } = controller;
  const started = storeTime(store);
  const attempt = newAttemptId(started);
  const announced: Started = {
    format: FORMAT,
    host,
    number,
    attempt,
    started: started.toISOString(),
    tool,
    uploader: signer.fingerprint,
  };
  const protect = startProtection(options, run);
  await writer.begin(announced, { signal });
  options.onStarted?.({ attempt, started });
  const members = new MemberIndex(async (part, gzipped) => {
    const { bytes } = await protect(gzipped, signal);
    const encrypted = options.encryption !== null;
    return await writer.putMembers(announced, part, bytes, { encrypted, signal });
  });
  const source = sourceOf(options.source);
  const stages = stagesOf(options, run, { protect, started, attempt });
  const stream = await storeOpened(source, stages, members, options, run);
  const { errors } = (await source.finish?.(stream.count)) ?? { errors: 0 };
  refuseNoTar(stream.count);
  const parts = { announced, started, stream, errors, members: await members.finish(), protect };
  const head = await commitArchive(options, run, parts);
  return { head, compressedBy: options.compressor.worker };
}

function startProtection({ encryption }: ArchiveOptions, { index, cleanup }: Run): Protect {
  if (encryption === null) return protection(undefined);
  const { dataKey } = index.header;
  const { publicKeys } = encryption;
  const encryptor = encryption.start({ dataKey: dataKey ?? undefined, publicKeys });
  cleanup.add(() => encryptor.close());
  return protection(encryptor);
}

function stagesOf(
  options: ArchiveOptions,
  { index }: Run,
  { protect, started, attempt }: { protect: Protect; started: Date; attempt: string },
): ChunkStages {
  const { host, store, writer, compressor, locks, workers, connections, refreshAfterMs } = options;
  const suffix = `${compressor.suffix}${options.encryption === null ? "" : ".gpg"}`;
  let last = 0;
  const largest = largestChunk(index.header.mean, options.most);
  // One is read, others are encrypted, wait for that, or are sent.
  const atOnce = 2 * workers + connections + 2;
  return {
    run: { started, refreshAfterMs },
    index,
    buffers: new ChunkBuffers({ memory: options.memory, largest, atOnce }),
    compressor,
    protect,
    store,
    locks,
    nextName: () => chunkName(attempt, ++last, suffix),
    keyOf: (name) => writer.chunkKey(host, name),
    workers,
    connections,
  };
}

async function storeOpened(
  source: TarSource,
  stages: ChunkStages,
  members: MemberIndex,
  { most, onChunk = () => {} }: ArchiveOptions,
  { index, controller }: Run,
): Promise<StoredStream> {
  const { cutKey, mean } = index.header;
  const key = Buffer.from(cutKey, "hex");
  return await storeStream(await source.open(controller.signal), {
    cut: { key, mean, ...(most !== undefined && { most }) },
    stages,
    onMember: (member) => members.add(member),
    membersReady: () => members.ready(),
    onChunk,
    controller,
  });
}

function sourceOf(source: ArchiveOptions["source"]): TarSource {
  return "open" in source ? source : { open: () => source };
}

function refuseNoTar({ ended, damagedAt }: TarCount): void {
  if (damagedAt !== undefined)
    throw new ArchiverError("no-tar", `The stream is no tar from byte ${damagedAt} on.`);
  if (!ended) throw new ArchiverError("no-tar", "The stream is a tar without its end.");
}
