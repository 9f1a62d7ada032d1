import { ROOM_TO_SEAL } from "@backuppc-archive-s3/gpg";
import { HeldRoom } from "./held-room.ts";
import { BLOCK, type MemoryBudget } from "./memory-budget.ts";

/**
 * All memory that holds bytes of a backup: a fixed number of blocks that go
 * round. They are filled from the tar, sealed in place, held until they are
 * stored, and filled again, so that neither the garbage collector nor the
 * allocator decides how much memory the program takes. Shared memory, because
 * V8 counts a block that is transferred to a thread and back as new each time,
 * and collects garbage for it: a quarter of the main thread's time.
 */
export class BlockPool {
  /** Bytes of a block that may be filled: what sealing adds to them fits in, so that the sealed block stays where it is. */
  readonly payload: number = BLOCK - ROOM_TO_SEAL;
  readonly #idle: ArrayBufferLike[] = [];
  readonly #waiting: Turn[] = [];
  #plain: number;
  /** For sealed blocks that wait for their upload. */
  readonly held: HeldRoom;

  constructor({ plain, held }: Pick<MemoryBudget, "plain" | "held">) {
    this.#plain = plain;
    this.held = new HeldRoom(held);
  }

  /** A block for plaintext, when one is free; first come, first served. */
  async take(signal: AbortSignal): Promise<Uint8Array> {
    signal.throwIfAborted();
    if (this.#plain === 0 || this.#waiting.length > 0) await this.#turn(signal);
    else this.#plain -= 1;
    return this.takeForSealing();
  }

  /** A block for what a compression puts out: there is always one. */
  takeForSealing(): Uint8Array {
    return new Uint8Array(this.#idle.pop() ?? new SharedArrayBuffer(BLOCK), ROOM_TO_SEAL);
  }

  /** Plaintext has been sealed: somebody else may read on. */
  sealed(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#plain += 1;
    else next.come();
  }

  /** The memory of a block, to be filled again. */
  giveBack(block: Uint8Array): void {
    if (block.buffer.byteLength === BLOCK) this.#idle.push(block.buffer);
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

/** Somebody who waits for a block. */
interface Turn {
  readonly come: () => void;
}
