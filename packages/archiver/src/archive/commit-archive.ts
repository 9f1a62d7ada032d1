import {
  type ChunkEntry,
  FORMAT,
  type Head,
  holdOfRun,
  type Manifest,
  type Started,
  sumsOf,
} from "@backuppc-archive-s3/backup-catalog";
import { encryptDataKey } from "@backuppc-archive-s3/gpg";
import { ArchiverError } from "../archiver-error.ts";
import type { StoredStream, StreamChunk } from "../chunks/store-stream.ts";
import { protectionOf } from "../reuse/decide-reuse.ts";
import { storeTime } from "../reuse/store-time.ts";
import { whyTooLate } from "../reuse/why-too-late.ts";
import type { ArchiveOptions } from "./archive-options.ts";
import { encryptionOf } from "./binding-of.ts";
import type { Protect } from "./protection.ts";
import type { Run } from "./run-archive.ts";

/** What has been stored of an archive. */
export interface StoredParts {
  readonly announced: Started;
  readonly started: Date;
  readonly stream: StoredStream;
  /** Errors that the source counted. */
  readonly errors: number;
  /** Digests of the parts of the member index. */
  readonly members: readonly string[];
  readonly protect: Protect;
}

/**
 * Stores the data key, the records and last the marker. Right before the head, all that it names must still be held; the index
 * learns the new holds before the marker makes the archive count.
 */
export async function commitArchive(
  options: ArchiveOptions,
  { index, signer, controller }: Run,
  parts: StoredParts,
): Promise<Head> {
  const { writer, store, encryption, compressor, backup } = options;
  const { announced, started, stream } = parts;
  const { signal } = controller;
  signal.throwIfAborted();
  const finished = storeTime(store).toISOString();
  const { dataKey } = index.header;
  if (dataKey !== null && encryption?.passphrase !== undefined) {
    // To the recipients, too: a restore opens it once, and then all chunks with the data key.
    const { passphrase, publicKeys } = encryption;
    const message = await encryptDataKey(dataKey, { passphrase, publicKeys });
    await writer.putKey(announced, 1, message, { signal });
  }
  const manifest = manifestOf(parts);
  const head = {
    ...announced,
    ...(backup !== undefined && { backup }),
    finished,
    sourceErrors: parts.errors,
    encryption: encryptionOf(options),
    compression: { name: compressor.name, suffix: compressor.suffix },
    members: stream.count.members,
  };
  const commit = {
    manifest,
    sums: await sumsMessage(manifest, options, parts, signal),
    head,
    memberDigests: parts.members,
    sign: (bytes: Uint8Array) => signer.sign(bytes),
    beforeHead: () => refuseTooLate(stream, started, storeTime(store)),
    onHeadStored: async () => {
      const digests = stream.chunks.map(({ chunk }) => chunk.digest);
      await index.hold(digests, holdOfRun(started).getTime(), storeTime(store).getTime());
    },
  };
  return await writer.commit(commit, { signal });
}

function manifestOf({ announced, stream }: StoredParts): Manifest {
  const { host, number, attempt } = announced;
  const chunks = stream.chunks.map(entryOf);
  return { format: FORMAT, host, number, attempt, tarBytes: stream.length, chunks };
}

function entryOf({ offset, chunk }: StreamChunk): ChunkEntry {
  const { name, versionId, plainLength, storedLength, sha256 } = chunk;
  const version = versionId !== undefined && { versionId };
  return { name, ...version, tarOffset: offset, tarLength: plainLength, storedLength, sha256 };
}

async function sumsMessage(
  manifest: Manifest,
  { encryption }: ArchiveOptions,
  { stream, members, protect }: StoredParts,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const digests = stream.chunks.map(({ chunk }) => chunk.digest);
  const text = sumsOf(manifest, digests, members, encryption !== null);
  // A copy of its own: encryption takes the memory over, and a short Buffer shares it with others.
  const { bytes } = await protect(Uint8Array.from(Buffer.from(text)), signal);
  return bytes;
}

/** @throws {ArchiverError} code `too-long` */
function refuseTooLate({ chunks }: StoredStream, started: Date, now: Date): void {
  const reused = chunks.filter(({ isNew }) => !isNew).map(({ chunk }) => protectionOf(chunk));
  const why = whyTooLate({ started, now }, reused);
  if (why === undefined) return;
  throw new ArchiverError("too-long", `The archive cannot be completed: ${why}.`);
}
