import { type PutOptions, type PutReceipt, StoreError } from "@backuppc-archive-s3/s3-transport";
import pLimit from "p-limit";
import type { Protected } from "../archive/protection.ts";
import type { IndexedChunk } from "../index/indexed-chunk.ts";
import { lockOfChunk, needsExtension } from "../reuse/chunk-locks.ts";
import { decideReuse } from "../reuse/decide-reuse.ts";
import { storeTime } from "../reuse/store-time.ts";
import type { ChunkStages } from "./chunk-stages.ts";
import { digestOf } from "./digest-of.ts";

/** A chunk that is in the store. */
export interface PlacedChunk {
  readonly chunk: IndexedChunk;
  /** This run has uploaded it for this place of the stream; otherwise it was there already. */
  readonly isNew: boolean;
}

/** Brings chunks into the store, or finds that they are there. */
export class ChunkLine {
  readonly #stages: ChunkStages;
  readonly #signal: AbortSignal;
  readonly #compressing;
  readonly #uploading;
  /** By digest: what this run has placed, or is about to. The same chunk is uploaded once. */
  readonly #placed = new Map<string, Promise<PlacedChunk>>();

  constructor(stages: ChunkStages, signal: AbortSignal) {
    this.#stages = stages;
    this.#signal = signal;
    this.#compressing = pLimit(stages.workers);
    this.#uploading = pLimit(stages.connections);
  }

  /** @param bytes from the stages' buffers, which get them back */
  async place(bytes: Uint8Array): Promise<PlacedChunk> {
    const { buffers } = this.#stages;
    const digest = await digestOf(bytes);
    const known = this.#placed.get(digest);
    if (known !== undefined) {
      buffers.giveBack(bytes);
      return { ...(await known), isNew: false };
    }
    const placing = this.#reuseOrUpload(digest, bytes);
    this.#placed.set(digest, placing);
    return await placing;
  }

  async #reuseOrUpload(digest: string, bytes: Uint8Array): Promise<PlacedChunk> {
    const { index, run, buffers } = this.#stages;
    const known = index.find(digest);
    const fits = known?.plainLength === bytes.length;
    if (known !== undefined && fits && decideReuse(known, run) === "reuse") {
      const chunk = await this.#locked(known);
      if (chunk !== undefined) {
        buffers.giveBack(bytes);
        return { chunk, isNew: false };
      }
    }
    return { chunk: await this.#upload(digest, bytes), isNew: true };
  }

  /** The chunk, locked for as long as an archive of now needs it; undefined if the store refuses that. */
  async #locked(chunk: IndexedChunk): Promise<IndexedChunk | undefined> {
    const { locks, store, keyOf, index } = this.#stages;
    if (locks === undefined || !needsExtension(chunk, locks, storeTime(store))) return chunk;
    const { versionId } = chunk;
    const object = { key: keyOf(chunk.name), ...(versionId !== undefined && { versionId }) };
    const until = lockOfChunk(locks, storeTime(store));
    try {
      const options = { signal: this.#signal };
      await this.#uploading(() => locks.extender.extend(object, until, options));
    } catch (error) {
      if (error instanceof StoreError) return undefined;
      throw error;
    }
    const extended = { ...chunk, lockUntil: until.getTime() };
    await index.add(extended);
    return extended;
  }

  async #upload(digest: string, bytes: Uint8Array): Promise<IndexedChunk> {
    const { compressor, protect, buffers } = this.#stages;
    const signal = this.#signal;
    // Compression and encryption take the memory over, and the length with it.
    const plainLength = bytes.length;
    let memory: Uint8Array | undefined;
    try {
      const small = await this.#compressing(() => compressor.compress(bytes, signal));
      const stored = await protect(small, signal);
      memory = stored.bytes;
      return await this.#uploading(() => this.#put(digest, plainLength, stored));
    } finally {
      buffers.giveBack(memory);
    }
  }

  async #put(digest: string, plainLength: number, stored: Protected): Promise<IndexedChunk> {
    const { store, locks, index } = this.#stages;
    const signal = this.#signal;
    signal.throwIfAborted();
    const began = storeTime(store);
    const lockUntil = locks && lockOfChunk(locks, began);
    const options = { signal, onlyIfAbsent: true, ...(lockUntil && { lockUntil }) };
    const { name, receipt } = await putUnderNewName(this.#stages, stored, options);
    const chunk = {
      digest,
      plainLength,
      name,
      ...(receipt.versionId !== undefined && { versionId: receipt.versionId }),
      storedLength: stored.bytes.length,
      sha256: stored.sha256,
      stored: began.getTime(),
      ...(lockUntil && { lockUntil: lockUntil.getTime() }),
    };
    await index.add(chunk);
    return chunk;
  }
}

/** Names that are tried for a chunk. */
const NAMES = 3;

/**
 * A name is this run's alone: after a lost answer, what has it is our own chunk. Where none was lost, a store that calls it
 * taken is not believed to have the chunk: another name is tried.
 */
async function putUnderNewName(
  { store, nextName, keyOf }: Pick<ChunkStages, "store" | "nextName" | "keyOf">,
  stored: Protected,
  options: PutOptions,
): Promise<{ readonly name: string; readonly receipt: PutReceipt }> {
  for (let names = 1; ; names++) {
    const name = nextName();
    try {
      return { name, receipt: await store.put(keyOf(name), stored, options) };
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== "exists") throw error;
      if (!error.answered) return { name, receipt: {} };
      if (names === NAMES) throw error;
    }
  }
}
