/** Milliseconds between two clocks from which a store may refuse a signature; they allow 15 minutes. */
const WRONG = 300_000;

/** The time that requests are signed with: this machine's, corrected where it is wrong by a store's account. */
export class SigningClock {
  #ahead = 0;

  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }

  /** @param store the store's time, as a refusal has it */
  correct(store: Date | undefined): void {
    if (store === undefined || Math.abs(store.getTime() - this.now().getTime()) < WRONG) return;
    this.#ahead = store.getTime() - Date.now();
  }
}
