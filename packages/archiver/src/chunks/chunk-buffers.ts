import { ROOM_BEHIND, ROOM_TO_ENCRYPT } from "@backuppc-archive-s3/gpg";

/** What gzip's stored blocks add at most: 5 bytes for each 16 KiB, and a head and tail. */
const EXPANSION = (length: number): number => Math.ceil(length / 2048) + 1024;
/** Milliseconds that a chunk waits for memory that was used before, before it takes new memory. */
const PATIENCE = 250;

export interface BufferOptions {
  /** Bytes of all buffers together; one there is always. */
  readonly memory: number;
  /** Bytes of the largest chunk. */
  readonly largest: number;
  /** Buffers that are taken without waiting. */
  readonly atOnce: number;
}

/**
 * All memory that holds bytes of an archive: buffers of one size, each for the largest chunk and what compression and encryption
 * may add to it. A chunk has one from the first byte that is read until its PUT is confirmed; it is compressed and
 * encrypted in place. So `memory` is a bound, any chunk that has been begun can be finished, and nothing waits for the garbage collector.
 *
 * The first bytes that are written to new memory may cost the kernel more than encrypting them, so it is used
 * only where that which is there does not come back soon: the store is slower than the source.
 */
export class ChunkBuffers {
  readonly #size: number;
  readonly #most: number;
  readonly #atOnce: number;
  readonly #idle: ArrayBuffer[] = [];
  readonly #waiting: Turn[] = [];
  #made = 0;

  constructor({ memory, largest, atOnce }: BufferOptions) {
    this.#size = ROOM_TO_ENCRYPT + largest + EXPANSION(largest) + ROOM_BEHIND;
    this.#most = Math.max(1, Math.floor(memory / largest));
    this.#atOnce = Math.min(this.#most, atOnce);
  }

  /**
   * Memory for a chunk, once there is some; first come, first served.
   *
   * @throws the signal's reason
   */
  async take(length: number, signal: AbortSignal): Promise<Uint8Array> {
    signal.throwIfAborted();
    const buffer = this.#atHand() ?? (await this.#turn(signal));
    return new Uint8Array(buffer, ROOM_TO_ENCRYPT, length);
  }

  /** Gives a chunk's memory back; without it, where that is lost in a thread, only its place. */
  giveBack(bytes?: Uint8Array): void {
    const buffer = bytes?.buffer;
    const whole = buffer instanceof ArrayBuffer && buffer.byteLength === this.#size;
    if (whole) this.#idle.push(buffer);
    else this.#made -= 1;
    const free = this.#waiting.length > 0 ? this.#ownOrNew(this.#most) : undefined;
    if (free !== undefined) this.#waiting.shift()?.come(free);
  }

  #atHand(): ArrayBuffer | undefined {
    return this.#waiting.length > 0 ? undefined : this.#ownOrNew(this.#atOnce);
  }

  #ownOrNew(most: number): ArrayBuffer | undefined {
    const used = this.#idle.pop();
    if (used !== undefined || this.#made >= most) return used;
    this.#made += 1;
    return new ArrayBuffer(this.#size);
  }

  async #turn(signal: AbortSignal): Promise<ArrayBuffer> {
    return await new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
        const place = this.#waiting.indexOf(turn);
        if (place >= 0) this.#waiting.splice(place, 1);
      };
      const come = (buffer: ArrayBuffer): void => {
        leave();
        resolve(buffer);
      };
      const stop = (): void => {
        leave();
        reject(signal.reason);
      };
      const turn: Turn = { come };
      const timer = setTimeout(() => {
        const buffer = this.#ownOrNew(this.#most);
        if (buffer !== undefined) come(buffer);
      }, PATIENCE);
      signal.addEventListener("abort", stop, { once: true });
      this.#waiting.push(turn);
    });
  }
}

/** Somebody who waits for memory. */
interface Turn {
  readonly come: (buffer: ArrayBuffer) => void;
}

/** All of a chunk's memory from its first byte on, but for what encryption needs behind it. */
export function writable(chunk: Uint8Array): Uint8Array {
  const { buffer, byteOffset } = chunk;
  return new Uint8Array(buffer, byteOffset, buffer.byteLength - byteOffset - ROOM_BEHIND);
}
