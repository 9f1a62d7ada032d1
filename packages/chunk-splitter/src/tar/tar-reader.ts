import { Described } from "./described.ts";
import type { ExtensionReader } from "./extension.ts";
import { BLOCK, type Header, isZeroBlock, mapContinues, readHeader } from "./header.ts";
import type { Member } from "./member.ts";

/**
 * Finds the members of a tar that passes in pieces: ustar, pax and GNU's
 * formats, by their lengths. Only headers are looked at.
 */
export class TarReader {
  /** Bytes that have been read. */
  position = 0;
  /** The member whose headers ended where the last `read` did. */
  member: Member | undefined;
  /** The two blocks of zeros have been read. */
  ended = false;
  /** Where the stream stopped being a tar. */
  damagedAt: number | undefined;
  readonly #block = new Uint8Array(BLOCK);
  #filled = 0;
  /** Where the headers that are being read began, once a whole one has been read. */
  #headersAt: number | undefined;
  /** Bytes that are no headers and still to come, with their padding. */
  #left = 0;
  readonly #described = new Described();
  #extension: { readonly reader: ExtensionReader; left: number } | undefined;
  /** A sparse file's header, while more blocks of its map follow, and where its headers began. */
  #unmapped: Unmapped | undefined;
  #zeroBlocks = 0;

  /** True from the end of the tar on, good or bad. What follows is passed over. */
  get over(): boolean {
    return this.ended || this.damagedAt !== undefined;
  }

  /** Where the headers that are being read began, whole ones or the first part of one; undefined between them. */
  get headersAt(): number | undefined {
    return this.#headersAt ?? (this.#filled > 0 ? this.position - this.#filled : undefined);
  }

  /**
   * Reads on at `from`, to the end of a member's headers, of the tar, or to `to`.
   *
   * @returns where it stopped
   */
  read(piece: Uint8Array, from: number, to: number): number {
    this.member = undefined;
    const over = this.over;
    let at = from;
    while (at < to && this.member === undefined && this.over === over) {
      at = this.#left > 0 ? this.#pass(piece, at, to) : this.#fill(piece, at, to);
    }
    return at;
  }

  /** The stream has ended: within a block, it is no whole tar. */
  end(): void {
    if (this.#filled > 0) this.#stop(this.position - this.#filled);
  }

  #pass(piece: Uint8Array, at: number, to: number): number {
    const end = Math.min(to, at + this.#left);
    const extension = this.#extension;
    if (extension !== undefined) {
      const own = Math.min(end - at, extension.left);
      extension.reader.add(piece.subarray(at, at + own));
      extension.left -= own;
    }
    this.#left -= end - at;
    this.position += end - at;
    if (this.#left === 0) this.#endExtension();
    return end;
  }

  #fill(piece: Uint8Array, at: number, to: number): number {
    if (this.#filled === 0 && to - at >= BLOCK) {
      this.position += BLOCK;
      this.#readBlock(piece, at);
      return at + BLOCK;
    }
    const end = Math.min(to, at + BLOCK - this.#filled);
    this.#block.set(piece.subarray(at, end), this.#filled);
    this.#filled += end - at;
    this.position += end - at;
    if (this.#filled === BLOCK) {
      this.#filled = 0;
      this.#readBlock(this.#block, 0);
    }
    return end;
  }

  #readBlock(bytes: Uint8Array, at: number): void {
    const offset = this.position - BLOCK;
    if (this.#unmapped !== undefined) this.#readMap(this.#unmapped, bytes, at);
    else if (isZeroBlock(bytes, at)) this.#countZeroBlock();
    else {
      // Every reader of tars stops at a block of zeros, so nothing behind a lone one would be restored.
      const header = this.#zeroBlocks > 0 ? undefined : readHeader(bytes, at);
      if (header === undefined) this.#stop(offset);
      else this.#readHeader(header, offset);
    }
  }

  #readMap(unmapped: Unmapped, bytes: Uint8Array, at: number): void {
    if (mapContinues(bytes, at)) return;
    this.#unmapped = undefined;
    this.#announce(unmapped.header, unmapped.offset);
  }

  #countZeroBlock(): void {
    this.#zeroBlocks += 1;
    if (this.#zeroBlocks < 2) return;
    this.ended = true;
    this.#passRest();
  }

  #readHeader(header: Header, at: number): void {
    const offset = this.#headersAt ?? at;
    this.#headersAt = offset;
    const reader = this.#described.extensionReader(header.type);
    if (reader !== undefined) this.#beginExtension(reader, header.size);
    else if (header.sparse?.continued === true) this.#unmapped = { header, offset };
    else this.#announce(header, offset);
  }

  #beginExtension(reader: ExtensionReader, size: number): void {
    if (Number.isNaN(size)) {
      this.#stop(this.position - BLOCK);
      return;
    }
    this.#left = padded(size);
    this.#extension = { reader, left: size };
    if (size === 0) this.#endExtension();
  }

  #endExtension(): void {
    this.#extension?.reader.end();
    this.#extension = undefined;
  }

  #announce(header: Header, offset: number): void {
    const content = padded(this.#described.contentLength(header));
    const length = this.position - offset + content;
    if (!Number.isSafeInteger(offset + length)) {
      this.#stop(this.position - BLOCK);
      return;
    }
    this.#left = content;
    this.#headersAt = undefined;
    this.member = this.#described.member(header, offset, length);
  }

  #stop(offset: number): void {
    this.damagedAt = offset;
    this.#passRest();
  }

  #passRest(): void {
    this.#headersAt = undefined;
    this.#left = Number.POSITIVE_INFINITY;
    this.#filled = 0;
  }
}

interface Unmapped {
  readonly header: Header;
  readonly offset: number;
}

function padded(length: number): number {
  return Math.ceil(length / BLOCK) * BLOCK;
}
