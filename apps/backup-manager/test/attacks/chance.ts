/** Numbers from 0 to 1, exclusive, the same ones for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What is decided by chance, from one seed. */
export class Chance {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  /** From `least` up to `most`, exclusive. */
  between(least: number, most: number): number {
    return least + this.#random() * (most - least);
  }

  is(probability: number): boolean {
    return this.#random() < probability;
  }

  of<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.#random() * choices.length)] ?? choices[0];
  }

  /** Another source of chance, which goes on by itself whatever becomes of this one. */
  branch(): Chance {
    return new Chance(Math.floor(this.#random() * 4_294_967_296));
  }
}
