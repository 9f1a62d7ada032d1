import { randomBytes } from "node:crypto";

/** Words of an entry: two of the path's hash, one of the offset. */
const ENTRY = 3;
/** Entries of the table at first; a power of two. */
const FIRST = 4096;
/** Entries of the table at most: 48 MiB, for three million files. */
const MOST = 2 ** 22;
const BLOCK = 512;

/**
 * Where in the tar each path stands, to find what a hard link points to. It remembers no path but 64 bits of its hash, with keys of
 * its own, and the number of the block: 12 bytes a slot, 16 to 32 MB for a million files. Beyond three million files, or 2 TiB, it
 * remembers no more, and links to what came later have no offset.
 */
export class LinkTargets {
  readonly #seeds = new Uint32Array(randomBytes(8).buffer.slice(0, 8));
  #slots = FIRST;
  #table = new Uint32Array(FIRST * ENTRY);
  #count = 0;
  #one = 0;
  #other = 0;

  /** @param offset bytes of the tar before the member's first header */
  remember(path: Uint8Array, offset: number): void {
    const block = offset / BLOCK + 1;
    if (block > 0xff_ff_ff_ff) return;
    if (this.#count >= this.#slots * 0.75 && !this.#grow()) return;
    this.#hash(path);
    this.#put(this.#one, this.#other, block);
  }

  /** The offset of the path's last member; undefined if there was none, or it was forgotten. */
  find(path: Uint8Array): number | undefined {
    this.#hash(path);
    const block = this.#table[this.#slotOf(this.#one, this.#other) + 2] ?? 0;
    return block === 0 ? undefined : (block - 1) * BLOCK;
  }

  #put(one: number, other: number, block: number): void {
    const at = this.#slotOf(one, other);
    if (this.#table[at + 2] === 0) this.#count += 1;
    this.#table[at] = one;
    this.#table[at + 1] = other;
    this.#table[at + 2] = block;
  }

  /** Its slot in the table, or the empty one where it belongs. */
  #slotOf(one: number, other: number): number {
    const table = this.#table;
    for (let slot = one & (this.#slots - 1); ; slot = (slot + 1) & (this.#slots - 1)) {
      const at = slot * ENTRY;
      if (table[at + 2] === 0 || (table[at] === one && table[at + 1] === other)) return at;
    }
  }

  #grow(): boolean {
    if (this.#slots >= MOST) return false;
    const old = this.#table;
    this.#slots *= 2;
    this.#table = new Uint32Array(this.#slots * ENTRY);
    this.#count = 0;
    for (let at = 0; at < old.length; at += ENTRY) {
      const block = old[at + 2] ?? 0;
      if (block !== 0) this.#put(old[at] ?? 0, old[at + 1] ?? 0, block);
    }
    return true;
  }

  /** Leaves two words of the hash of a path, without "./" before it, in #one and #other. */
  #hash(path: Uint8Array): void {
    let one = this.#seeds[0] ?? 0;
    let other = this.#seeds[1] ?? 0;
    for (let at = startOf(path); at < path.length; at++) {
      const byte = path[at] ?? 0;
      one = Math.imul(one ^ byte, 0x01_00_01_93);
      one ^= one >>> 15;
      other = Math.imul(other + byte + 1, 0x9e_37_79_b1);
      other ^= other >>> 13;
    }
    this.#one = Math.imul(one ^ (one >>> 16), 0x85_eb_ca_6b) >>> 0;
    this.#other = Math.imul(other ^ (other >>> 16), 0xc2_b2_ae_35) >>> 0;
  }
}

const DOT = 0x2e;
const SLASH = 0x2f;

/** A link says "./a", "/a" or "a" for the same path. */
function startOf(path: Uint8Array): number {
  let at = 0;
  for (;;) {
    if (path[at] === SLASH) at += 1;
    else if (path[at] === DOT && path[at + 1] === SLASH) at += 2;
    else return at;
  }
}
