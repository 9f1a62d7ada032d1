import { Header } from "tar/header";
import { Pax } from "tar/pax";

const BLOCK = 512;
/** Bytes of an extended header that is read; a longer one is no tar of BackupPC's, whose names end at 4 KiB. */
const LONGEST_EXTENSION = 1_048_576;

/** What is counted of a tar stream. */
export interface TarCount {
  /** Members other than folders: files, links, devices, pipes. */
  readonly files: number;
  /** Hard links among them. */
  readonly hardLinks: number;
  /** Bytes of all files' contents. */
  readonly bytes: number;
  /** The two blocks of zeros that end a tar were seen. */
  readonly ended: boolean;
  /** Where the stream stops being a tar, in bytes; undefined if it does not. */
  readonly damagedAt: number | undefined;
}

/**
 * Counts a tar's members while it passes: ustar, pax and GNU long names. Only
 * headers are looked at, and nothing is kept.
 */
export class TarMembers {
  readonly #header = Buffer.alloc(BLOCK);
  #filled = 0;
  #position = 0;
  /** Bytes of the member's content, with its padding, that are still to pass. */
  #content = 0;
  #extension: Extension | undefined;
  /** What extensions have told of the next member. */
  #pax: Pax | undefined;
  #zeroBlocks = 0;
  #damagedAt: number | undefined;
  #files = 0;
  #hardLinks = 0;
  #bytes = 0;

  /** The same bytes, counted. */
  async *watch(tar: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of tar) {
      this.#add(piece);
      yield piece;
    }
  }

  count(): TarCount {
    return {
      files: this.#files,
      hardLinks: this.#hardLinks,
      bytes: this.#bytes,
      ended: this.#zeroBlocks >= 2,
      damagedAt: this.#damagedAt,
    };
  }

  #add(piece: Uint8Array): void {
    for (let at = 0; at < piece.length;) {
      at += this.#content > 0 ? this.#passContent(piece, at) : this.#fillHeader(piece, at);
    }
    this.#position += piece.length;
  }

  #passContent(piece: Uint8Array, at: number): number {
    const length = Math.min(this.#content, piece.length - at);
    this.#content -= length;
    // A copy: the piece's memory is filled again by its source.
    this.#extension?.content.push(piece.slice(at, at + length));
    if (this.#content === 0) this.#readExtension();
    return length;
  }

  #fillHeader(piece: Uint8Array, at: number): number {
    const length = Math.min(BLOCK - this.#filled, piece.length - at);
    this.#header.set(piece.subarray(at, at + length), this.#filled);
    this.#filled += length;
    if (this.#filled === BLOCK) {
      this.#filled = 0;
      if (this.#damagedAt === undefined && this.#zeroBlocks < 2) this.#readHeader(at);
    }
    return length;
  }

  #readHeader(at: number): void {
    const header = new Header(this.#header, 0, this.#pax);
    if (header.nullBlock) {
      this.#zeroBlocks += 1;
      return;
    }
    this.#zeroBlocks = 0;
    const size = header.size ?? 0;
    if (!header.cksumValid || !Number.isSafeInteger(size) || size < 0) {
      this.#damagedAt = this.#position + at;
      return;
    }
    this.#content = Math.ceil(size / BLOCK) * BLOCK;
    if (isExtension(header)) {
      const { type } = header;
      const read = isRead(type) && size <= LONGEST_EXTENSION;
      this.#extension = read ? { type, content: [] } : undefined;
    } else {
      this.#pax = undefined;
      this.#countMember(header.type, size);
    }
  }

  #countMember(type: string, size: number): void {
    if (type === "Directory" || type === "GNUDumpDir") return;
    this.#files += 1;
    if (type === "Link") this.#hardLinks += 1;
    this.#bytes += size;
  }

  /**
   * A pax header may give the next member's size, where its own field is too short. And a name whose first hundred
   * characters end with a slash is a folder's, with no content, to who does not know the rest of it.
   */
  #readExtension(): void {
    if (this.#extension === undefined) return;
    const { type, content } = this.#extension;
    const text = Buffer.concat(content).toString();
    if (type === "ExtendedHeader") this.#pax = Pax.parse(text, this.#pax);
    else {
      this.#pax ??= new Pax({});
      this.#pax.path = text.replace(/\0.*$/s, "");
    }
    this.#extension = undefined;
  }
}

/** A header that tells of the next member. */
interface Extension {
  readonly type: string;
  readonly content: Uint8Array[];
}

function isRead(type: string): boolean {
  return type === "ExtendedHeader" || type === "NextFileHasLongPath";
}

const EXTENSIONS = new Set([
  "ExtendedHeader",
  "OldExtendedHeader",
  "GlobalExtendedHeader",
  "NextFileHasLongPath",
  "NextFileHasLongLinkpath",
  "OldGnuLongPath",
]);

/** It tells of the next member, and is none itself. */
function isExtension({ type }: Header): boolean {
  return EXTENSIONS.has(type);
}
