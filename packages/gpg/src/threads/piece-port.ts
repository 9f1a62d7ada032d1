import { on } from "node:events";
import type { MessagePort } from "node:worker_threads";
import type { MessageDigest } from "../message-digest.ts";

/** Pieces on their way at most: enough to keep both threads busy, little enough to bound the memory. */
const WINDOW = 4;

type PortMessage =
  | { readonly piece: Uint8Array }
  | { readonly end: MessageDigest | undefined }
  /** Only the text: an error's own properties may not be cloneable. */
  | { readonly error: string };

export interface SendOptions {
  /** The pieces are alone in their buffers: these are transferred whole, not copied, and unusable here afterwards. */
  readonly ownBlocks?: boolean | undefined;
  /** Sent behind the last piece. */
  readonly digest?: () => MessageDigest;
}

/**
 * Sends pieces to another thread. Waits while the receiver is {@link WINDOW} pieces behind. Ends
 * quietly when the receiver has closed its side.
 */
export async function sendPieces(
  port: MessagePort,
  source: AsyncIterable<Uint8Array>,
  { ownBlocks = false, digest }: SendOptions = {},
): Promise<void> {
  const receiver = new Receiver(port);
  try {
    for await (const piece of source) {
      if (!(await receiver.ready())) return;
      // Not slice(): a Buffer's is no copy, and its memory would be gone here.
      const own = ownBlocks ? piece : new Uint8Array(piece);
      port.postMessage({ piece: own }, own.buffer instanceof ArrayBuffer ? [own.buffer] : []);
    }
    port.postMessage({ end: digest?.() });
  } catch (error) {
    port.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * The pieces that {@link sendPieces} sends at the other end; returns the digest
 * if it sent one.
 *
 * @throws {Error} with the text of what its source threw
 */
export async function* receivePieces(
  port: MessagePort,
): AsyncGenerator<Uint8Array, MessageDigest | undefined> {
  try {
    for await (const [message] of on(port, "message", { close: ["close"] })) {
      const received: PortMessage = message;
      if ("end" in received) return received.end;
      if ("error" in received) throw new Error(received.error);
      yield received.piece;
      port.postMessage("taken");
    }
    throw new Error("The other thread ended in the middle.");
  } finally {
    port.close();
  }
}

/** Counts what the receiver has not taken yet. */
class Receiver {
  #onTheWay = 0;
  #gone = false;
  #wake = (): void => {};

  constructor(port: MessagePort) {
    port.on("message", () => {
      this.#onTheWay--;
      this.#wake();
    });
    port.on("close", () => {
      this.#gone = true;
      this.#wake();
    });
  }

  /** Takes a place in the window; false once nobody listens. */
  async ready(): Promise<boolean> {
    while (this.#onTheWay >= WINDOW && !this.#gone) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    this.#onTheWay++;
    return !this.#gone;
  }
}
