/** Waits that an abort ends at once. */
export class Abortable {
  readonly #signal: AbortSignal | undefined;
  #reject: (reason: unknown) => void = () => {};
  readonly #onAbort = (): void => this.#reject(this.#signal?.reason);

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
    // One listener for all waits: one for each would pile up on a signal that lives long.
    signal?.addEventListener("abort", this.#onAbort);
  }

  get aborted(): boolean {
    return this.#signal?.aborted === true;
  }

  /** What the promise gives. @throws the signal's reason, as soon as it is aborted */
  async wait<T>(start: () => Promise<T>): Promise<T> {
    this.#signal?.throwIfAborted();
    if (this.#signal === undefined) return await start();
    return await new Promise<T>((resolve, reject) => {
      this.#reject = reject;
      start().then(resolve, reject);
    });
  }

  /** Stops listening. */
  close(): void {
    this.#signal?.removeEventListener("abort", this.#onAbort);
  }
}
