import type { Member } from "../tar/member.ts";
import { TarReader } from "../tar/tar-reader.ts";
import type { Bounds } from "./bounds.ts";
import { Gear, WINDOW } from "./gear.ts";
import type { CutKeys } from "./keys.ts";
import { MemberHash } from "./member-hash.ts";

/**
 * Decides where a tar stream is cut, while it passes in pieces, which are not
 * kept. Between small members a keyed hash of each one's path and size decides,
 * so that a changed, added or removed one moves no other cut. A member of `mean`
 * bytes or more begins a chunk, and its content decides where it is cut inside.
 */
export class Cutter {
  readonly tar = new TarReader();
  /** Where the chunk ends, in bytes of the stream, if the last `advance` stopped for a cut. */
  cutAt: number | undefined;
  readonly #bounds: Bounds;
  readonly #hash: MemberHash;
  readonly #gear: Gear;
  readonly #onMember: (member: Member) => void;
  #chunkAt = 0;
  /** Up to here content decides; the tar's headers do where it has been passed. */
  #contentTo = 0;
  #afterLarge = false;

  constructor(bounds: Bounds, keys: CutKeys, onMember: (member: Member) => void) {
    this.#bounds = bounds;
    this.#hash = new MemberHash(keys.members);
    this.#gear = new Gear(keys.gear, bounds.spacing);
    this.#onMember = onMember;
  }

  /**
   * Looks at a piece from `from` on, to a place that says where to cut or to its end.
   *
   * @returns where it stopped: always behind `from`, and behind the cut or at it
   */
  advance(piece: Uint8Array, from: number): number {
    this.cutAt = undefined;
    const end = Math.min(piece.length, from + this.#room());
    let at = from;
    while (at < end && this.cutAt === undefined) {
      const byContent = this.tar.position < this.#contentTo;
      at = byContent ? this.#readContent(piece, at, end) : this.#readTar(piece, at, end);
    }
    if (this.cutAt === undefined && this.#room() === 0) this.#cutFull();
    return at;
  }

  /** Bytes that the chunk may still grow by. */
  #room(): number {
    return this.#chunkAt + this.#bounds.most - this.tar.position;
  }

  #readTar(piece: Uint8Array, at: number, end: number): number {
    const wasOver = this.tar.over;
    const stopped = this.tar.read(piece, at, end);
    if (this.tar.member !== undefined) this.#begin(this.tar.member);
    else if (this.tar.over && !wasOver) this.#cutByContent(Number.POSITIVE_INFINITY);
    return stopped;
  }

  #begin(member: Member): void {
    this.#onMember(member);
    if (this.#cutsBefore(member)) this.#cut(member.offset);
    this.#afterLarge = member.length >= this.#bounds.mean;
    // No cut near its end, which would leave a crumb of it.
    if (this.#afterLarge) this.#cutByContent(member.offset + member.length - this.#bounds.least);
  }

  #cutsBefore({ offset, length, path, size }: Member): boolean {
    const { least, mean, most, spacing } = this.#bounds;
    const before = offset - this.#chunkAt;
    if (before <= 0) return false;
    if (length >= mean || before + length > most) return true;
    if (before < least) return false;
    return this.#afterLarge || this.#hash.of(path, size) < length / spacing;
  }

  /** From here to `to`, the content decides. */
  #cutByContent(to: number): void {
    this.#contentTo = to;
    this.#gear.restart();
  }

  #readContent(piece: Uint8Array, at: number, end: number): number {
    const { position } = this.tar;
    const to = Math.min(end, at + this.#contentTo - position);
    const first = at + this.#chunkAt + this.#bounds.least - position;
    const from = Math.max(at, Math.min(first, to));
    this.#gear.pass(piece, Math.max(at, Math.min(first - WINDOW, to)), from);
    const cut = this.#gear.find(piece, from, to);
    const stopped = this.tar.read(piece, at, cut < 0 ? to : cut);
    if (cut >= 0) this.#cut(this.tar.position);
    return stopped;
  }

  /** The chunk is as long as may be: it ends before a small member whose headers are being read, otherwise here. */
  #cutFull(): void {
    const { headersAt, position } = this.tar;
    this.#cut(headersAt !== undefined && headersAt > this.#chunkAt ? headersAt : position);
  }

  #cut(offset: number): void {
    this.cutAt = offset;
    this.#chunkAt = offset;
    this.#gear.restart();
  }
}
