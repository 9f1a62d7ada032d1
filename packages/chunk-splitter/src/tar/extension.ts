import { BoundedBytes } from "./bounded-bytes.ts";

/** Reads the content of a header that describes the next member. Parts come as they arrive. */
export interface ExtensionReader {
  add(part: Uint8Array): void;
  /** The content has ended, or the next member's header is there. */
  end(): void;
}

/** GNU's long name: the content up to its first NUL. */
export class LongNameReader implements ExtensionReader {
  readonly #bytes = new BoundedBytes();
  readonly #keep: (name: Uint8Array) => void;

  constructor(keep: (name: Uint8Array) => void) {
    this.#keep = keep;
  }

  add(part: Uint8Array): void {
    this.#bytes.add(part);
  }

  end(): void {
    const name = this.#bytes.take();
    if (name !== undefined) this.#keep(untilNul(name));
  }
}

/** A name ends at its first NUL, whatever it came in. */
export function untilNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}
