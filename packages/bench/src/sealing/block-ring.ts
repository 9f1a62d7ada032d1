import type { FileHandle } from "node:fs/promises";

const BLOCK = 2 ** 20;
/** Sealed in place: what that adds fits behind the plaintext. */
const ROOM_TO_SEAL = 4096;

/** Blocks that are filled from a file, sealed in place and filled again, as in archive-host. */
export class BlockRing {
  readonly #idle: ArrayBufferLike[] = [];

  async *read(file: FileHandle, from: number, to: number): AsyncGenerator<Uint8Array> {
    for (let at = from; at < to;) {
      const memory = this.#idle.pop() ?? new SharedArrayBuffer(BLOCK);
      const block = new Uint8Array(memory, 0, Math.min(BLOCK - ROOM_TO_SEAL, to - at));
      const { bytesRead } = await file.read(block, 0, block.length, at);
      yield block.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  giveBack({ buffer }: Uint8Array): void {
    if (buffer.byteLength === BLOCK) this.#idle.push(buffer);
  }
}
