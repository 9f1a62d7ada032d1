import { ROOM_BEHIND, ROOM_TO_ENCRYPT } from "@backuppc-archive-s3/gpg";

/** What gzip's stored blocks add at most: 5 bytes for each 16 KiB, and a head and tail. */
const EXPANSION = (length: number): number => Math.ceil(length / 2048) + 1024;

/**
 * All memory that holds bytes of an archive: buffers of one size, each for the largest chunk and what compression and encryption
 * may add to it. A chunk has one from the first byte that is read until its PUT is confirmed; it is compressed and
 * encrypted in place. So `memory` is a bound, any chunk that has been begun can be finished, and nothing waits for the garbage collector.
 */
export class ChunkBuffers {
  readonly #size: number;
  readonly #idle: ArrayBuffer[] = [];
  readonly #waiting: Turn[] = [];
  #free: number;

  /**
   * @param memory bytes; at least one buffer there is always
   * @param largest bytes of the largest chunk
   */
  constructor(memory: number, largest: number) {
    this.#size = ROOM_TO_ENCRYPT + largest + EXPANSION(largest) + ROOM_BEHIND;
    this.#free = Math.max(1, Math.floor(memory / largest));
  }

  /**
   * Memory for a chunk, once there is some; first come, first served.
   *
   * @throws the signal's reason
   */
  async take(length: number, signal: AbortSignal): Promise<Uint8Array> {
    signal.throwIfAborted();
    if (this.#free === 0 || this.#waiting.length > 0) await this.#turn(signal);
    else this.#free -= 1;
    const buffer = this.#idle.pop() ?? new ArrayBuffer(this.#size);
    return new Uint8Array(buffer, ROOM_TO_ENCRYPT, length);
  }

  /** Gives a chunk's memory back; without it, where that is lost in a thread, only its place. */
  giveBack(bytes?: Uint8Array): void {
    const buffer = bytes?.buffer;
    if (buffer instanceof ArrayBuffer && buffer.byteLength === this.#size) this.#idle.push(buffer);
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next.come();
  }

  async #turn(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const turn: Turn = {
        come: () => {
          signal.removeEventListener("abort", leave);
          resolve();
        },
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1);
        reject(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(turn);
    });
  }
}

/** Somebody who waits for memory. */
interface Turn {
  readonly come: () => void;
}

/** All of a chunk's memory from its first byte on, but for what encryption needs behind it. */
export function writable(chunk: Uint8Array): Uint8Array {
  const { buffer, byteOffset } = chunk;
  return new Uint8Array(buffer, byteOffset, buffer.byteLength - byteOffset - ROOM_BEHIND);
}
