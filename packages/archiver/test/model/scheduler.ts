/** Somebody whose calls take time and who may crash at any of them. */
export interface Actor {
  readonly name: string;
  /** Milliseconds that its next call takes. */
  delay: () => number;
  /** How likely it crashes at a call, from 0 to 1. */
  crashes: number;
  /** It also reads and writes files at the moment, in between its calls, of which it makes one at a time. */
  usesFiles?: boolean;
}

/** Thrown by the call at which an actor crashes. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** Thrown by every call that still waits when the world ends. */
export class Ended extends Error {
  override readonly name = "Ended";
}

interface Turn {
  readonly at: number;
  readonly go: () => void;
  readonly drop: (error: Ended) => void;
}

/**
 * A world's clock. Each call waits for its turn; the one whose time comes first goes on alone, and the
 * clock with it. So the same random numbers give the same history.
 */
export class Scheduler {
  readonly #random: () => number;
  readonly #turns: Turn[] = [];
  #busy = 0;
  #ended = false;
  /** Milliseconds since 1970. */
  now: number = Date.UTC(2026, 0, 1);

  /** @param random gives numbers from 0 to 1, exclusive */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Waits until the actor's call is done. @throws {Crash} */
  async turn(actor: Actor): Promise<void> {
    await this.#wait(actor, this.now + actor.delay());
    if (this.#random() < actor.crashes) throw new Crash(actor.name);
  }

  async sleep(actor: Actor, milliseconds: number): Promise<void> {
    await this.#wait(actor, this.now + milliseconds);
  }

  /** Real work that takes none of the world's time, such as reading a file. */
  async outside<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
    }
  }

  /** The same for work that makes calls as well. */
  async mixed<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    actor.usesFiles = true;
    try {
      return await this.outside(work);
    } finally {
      actor.usesFiles = false;
    }
  }

  /** Lets the world go on until then, or until everybody has stopped. */
  async runUntil(end: number): Promise<void> {
    for (;;) {
      await this.#settled();
      const next = this.#turns.shift();
      if (next === undefined) return;
      if (next.at > end) {
        this.#ended = true;
        for (const { drop } of [next, ...this.#turns.splice(0)]) drop(new Ended());
        return;
      }
      this.now = next.at;
      next.go();
    }
  }

  async #wait(actor: Actor, at: number): Promise<void> {
    const { usesFiles = false } = actor;
    if (usesFiles) this.#busy -= 1;
    const done = new Promise<void>((go, drop) => {
      if (this.#ended) drop(new Ended());
      const position = this.#turns.findIndex((turn) => turn.at > at);
      this.#turns.splice(position === -1 ? this.#turns.length : position, 0, { at, go, drop });
    });
    try {
      await done;
    } finally {
      if (usesFiles) this.#busy += 1;
    }
  }

  /** Until everybody waits for a turn. */
  async #settled(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.#busy > 0);
  }
}
