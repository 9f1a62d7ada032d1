import { join } from "node:path";
import type { FileHandle } from "node:fs/promises";
import { encodeHost } from "@backuppc-archive-s3/backup-catalog";
import { unusable } from "../folder/open-folder.ts";
import { openPrivate, readPrivate, replacePrivate } from "../folder/private-file.ts";
import { ChunkTable } from "./chunk-table.ts";
import type { IndexHeader } from "./index-header.ts";
import { chunkLine, headerLine, readIndexText } from "./index-text.ts";
import type { IndexedChunk } from "./indexed-chunk.ts";

/** What was found in the place of a chunk index. */
export type FoundIndex =
  { readonly index: ChunkIndex } | { /** Why it can't be used. */ readonly why: string };

/**
 * The chunk index of a host, in its file `<host>.index`: which plaintext is stored already, and where.
 *
 * Whoever has one holds the host's lock. A chunk's line is written when its PUT is confirmed, without waiting for the disk: a
 * line that is lost or torn costs one upload and nothing else. What replaces the file is on the disk before it counts:
 * chunks that were struck must not come back.
 */
export class ChunkIndex {
  readonly #path: string;
  readonly #table: ChunkTable;
  #header: IndexHeader;
  #file: Promise<FileHandle> | undefined;

  private constructor(path: string, header: IndexHeader, table: ChunkTable) {
    this.#path = path;
    this.#header = header;
    this.#table = table;
  }

  /**
   * Reads the index of a host; undefined if there is none.
   *
   * @throws {ArchiverError} code `folder-unusable`
   */
  static async read(folder: string, host: string): Promise<FoundIndex | undefined> {
    const path = pathOf(folder, host);
    const text = await readPrivate(path);
    if (text === undefined) return undefined;
    const read = readIndexText(text);
    if ("why" in read) return read;
    return { index: new ChunkIndex(path, read.header, new ChunkTable(read.chunks)) };
  }

  /**
   * Begins an epoch, in place of the index that is there, if any.
   *
   * @throws {ArchiverError} code `folder-unusable`
   */
  static async begin(folder: string, header: IndexHeader): Promise<ChunkIndex> {
    const path = pathOf(folder, header.host);
    const index = new ChunkIndex(path, header, new ChunkTable());
    await index.#replace();
    return index;
  }

  get header(): IndexHeader {
    return this.#header;
  }

  /** The chunk of this plaintext, whether or not it may be reused: see `decideReuse`. */
  find(digest: string): IndexedChunk | undefined {
    return this.#table.find(digest);
  }

  /** Whether the store showed that it keeps canaries: then a copy of the index from before can be recognised. */
  get hasCanary(): boolean {
    const { canary } = this.#header;
    return canary !== null && canary.ready > 0;
  }

  get isEmpty(): boolean {
    return this.#table.size === 0;
  }

  /** All chunks, in no order. */
  chunks(): Iterable<IndexedChunk> {
    return this.#table.chunks();
  }

  /** A chunk is stored, or its lock has been extended. Takes the place of the one of this plaintext. */
  async add(chunk: IndexedChunk): Promise<void> {
    this.#table.add(chunk);
    try {
      this.#file ??= this.#open();
      const file = await this.#file;
      // One write each, so that a kill leaves whole lines.
      await file.write(chunkLine(this.#header.epoch, chunk));
    } catch (error) {
      unusable(this.#path)(error);
    }
  }

  /**
   * A head that names these plaintexts is stored. Writes the file anew, without chunks that no run reuses any more.
   *
   * @param now milliseconds, by the store's clock
   */
  async hold(digests: Iterable<string>, until: number, now: number): Promise<void> {
    this.#table.hold(digests, until);
    this.#table.forget(now);
    await this.#replace();
  }

  /** Replaces the header within its epoch. */
  async update(
    changes: Partial<Pick<IndexHeader, "mean" | "canary" | "passphrase">>,
  ): Promise<void> {
    this.#header = { ...this.#header, ...changes };
    await this.#replace();
  }

  /**
   * Forgets chunks by their names below `chunks/<host>/`: no run reuses them any more. Before chunks are deleted that are
   * still held, call `checkStore` besides, or a copy of the index from before would be believed.
   *
   * @returns how many were known
   */
  async strike(names: Iterable<string>): Promise<number> {
    const struck = this.#table.strike(names);
    if (struck > 0) await this.#replace();
    return struck;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await (await file)?.close();
  }

  async #open(): Promise<FileHandle> {
    const file = await openPrivate(this.#path);
    // What a killed run left of a line ends here.
    await file.write("\n");
    return file;
  }

  async #replace(): Promise<void> {
    await this.close();
    await replacePrivate(this.#path, this.#lines());
  }

  *#lines(): Generator<string> {
    yield headerLine(this.#header);
    for (const chunk of this.#table.chunks()) yield chunkLine(this.#header.epoch, chunk);
  }
}

function pathOf(folder: string, host: string): string {
  return join(folder, `${encodeHost(host)}.index`);
}
