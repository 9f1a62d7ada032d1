import { newDataKey } from "@backuppc-archive-s3/gpg";
import { chooseMean } from "@backuppc-archive-s3/chunk-splitter";
import type { ArchiveWriter } from "@backuppc-archive-s3/backup-catalog";
import { beginCanaries, checkStore, type StoreCheck } from "./canary.ts";
import { ChunkIndex } from "./chunk-index.ts";
import { type Binding, newEpoch, whatChanged } from "./epoch.ts";

/** What an epoch is bound to, and what gets the reason for a new one. */
export interface EpochOptions {
  /** The working folder; the host's lock is held. */
  readonly folder: string;
  readonly binding: Binding;
  readonly writer: Pick<ArchiveWriter, "canary" | "putUploaderKey">;
  /** The public half of the signing key, armored. */
  readonly publicKey: string;
  /** Bytes of an average chunk; chosen by `expectedBytes` unless given. */
  readonly mean?: number | undefined;
  readonly expectedBytes?: number | undefined;
  readonly signal: AbortSignal;
  /** Called with one line that says why everything is uploaded anew. */
  readonly say: (line: string) => void;
}

/**
 * The chunk index to go on with: the host's own if nothing that its chunks are bound to has changed and the store is still
 * the one that has them, otherwise a new epoch. Asks the store, which knows its time after that.
 *
 * @throws {ArchiverError} code `folder-unusable`; `StoreError`
 */
export async function openEpoch(options: EpochOptions): Promise<ChunkIndex> {
  const { folder, binding, mean, say } = options;
  const found = await ChunkIndex.read(folder, binding.host);
  if (found === undefined) return await begin(options);
  if ("index" in found && found.index.isEmpty) return await begin(options);
  const why = "why" in found ? found.why : await whyNot(found.index, options);
  if (why !== undefined || !("index" in found)) {
    say(`all chunks are uploaded anew: ${why}`);
    return await begin(options);
  }
  const { index } = found;
  if (mean !== undefined && mean !== index.header.mean) {
    say("most chunks are uploaded anew: their size has changed");
    await index.update({ mean });
  }
  return index;
}

async function whyNot(
  index: ChunkIndex,
  { binding, writer, signal }: EpochOptions,
): Promise<string | undefined> {
  const changed = await whatChanged(index.header, binding);
  if (changed !== undefined || index.header.canary === null) return changed;
  return REASONS[await checkStore({ index, writer, signal })];
}

const REASONS: Readonly<Record<StoreCheck, string | undefined>> = {
  same: undefined,
  copied: "the chunk index is an older copy of itself",
  gone: "the store no longer has what it had: it was emptied, made anew or rolled back, or the last run was weeks ago",
  unclear:
    "an answer of the store was lost, to this run or to one that was killed, so that nothing shows that it still has what it had",
};

async function begin(options: EpochOptions): Promise<ChunkIndex> {
  const { folder, binding, writer, publicKey, signal } = options;
  const dataKey = binding.passphrase === undefined ? null : newDataKey();
  const mean = options.mean ?? chooseMean(options.expectedBytes);
  const index = await ChunkIndex.begin(folder, await newEpoch(binding, { dataKey, mean }));
  await writer.putUploaderKey(binding.uploader, publicKey, { signal });
  await beginCanaries({ index, writer, signal });
  return index;
}
