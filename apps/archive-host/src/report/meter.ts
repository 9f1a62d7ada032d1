import type { ChunkProgress } from "@backuppc-archive-s3/archiver";

/** Seconds over which the rate is taken. */
const WINDOW = 30;

/** How far an archive has come. */
export interface Reading {
  readonly chunks: number;
  /** Chunks among them that were uploaded; the others were stored already. */
  readonly newChunks: number;
  /** Bytes of the tar that are stored. */
  readonly tarBytes: number;
  /** Bytes that were uploaded. */
  readonly storedBytes: number;
  /** Bytes a second that were sent lately, what was sent in vain too. */
  readonly bytesPerSecond: number;
  /** Never 100 before the end; undefined where the length of the tar is not known. */
  readonly percent: number | undefined;
  /** Undefined where it is unknown. */
  readonly secondsLeft: number | undefined;
}

/** Counts what is sent and stored. */
export class Meter {
  readonly #expected: number | undefined;
  readonly #now: () => number;
  #chunks = 0;
  #newChunks = 0;
  #tar = 0;
  /** Bytes of the tar in chunks that were uploaded. */
  #newTar = 0;
  #stored = 0;
  /** Sent for objects that are not stored yet. */
  #underWay = 0;
  #sent = 0;
  /** What had been sent at a time, and how much of the tar was done, a few a second at most. */
  #samples: Sample[];

  /**
   * @param expected bytes of the tar by BackupPC's record; undefined where it is not known
   * @param now seconds; for tests
   */
  constructor(expected: number | undefined, now: () => number = () => performance.now() / 1000) {
    this.#expected = expected;
    this.#now = now;
    this.#samples = [{ time: now(), sent: 0, done: 0 }];
  }

  /** So many bytes of an object go to the store. */
  sent(bytes: number): void {
    this.#underWay += bytes;
    this.#sent += bytes;
    const time = this.#now();
    if (time - (this.#samples.at(-1)?.time ?? 0) >= 0.5) this.#sample(time);
  }

  /** An object of which so much was sent is stored, or has failed. */
  ended(bytes: number): void {
    this.#underWay -= bytes;
  }

  /** A chunk is stored, now or already. */
  stored({ tarLength, storedLength, isNew }: ChunkProgress): void {
    this.#chunks += 1;
    this.#tar += tarLength;
    if (!isNew) return;
    this.#newChunks += 1;
    this.#newTar += tarLength;
    this.#stored += storedLength;
  }

  read(): Reading {
    const time = this.#now();
    this.#sample(time);
    const [oldest = { time, sent: 0, done: 0 }] = this.#samples;
    const seconds = time - oldest.time;
    const perSecond = (amount: number): number => (seconds > 0 ? amount / seconds : 0);
    return {
      chunks: this.#chunks,
      newChunks: this.#newChunks,
      tarBytes: this.#tar,
      storedBytes: this.#stored,
      bytesPerSecond: perSecond(this.#sent - oldest.sent),
      ...this.#outlook(perSecond(this.#done() - oldest.done)),
    };
  }

  #sample(time: number): void {
    this.#samples.push({ time, sent: this.#sent, done: this.#done() });
    this.#samples = this.#samples.filter((sample) => time - sample.time <= WINDOW);
  }

  /** Bytes of the tar. Half of a chunk counts as half of its slice, as well as compressed so far. */
  #done(): number {
    const tarForOne = this.#stored === 0 ? 1 : this.#newTar / this.#stored;
    return this.#tar + this.#underWay * tarForOne;
  }

  /** @param rate bytes of the tar a second */
  #outlook(rate: number): Pick<Reading, "percent" | "secondsLeft"> {
    if (this.#expected === undefined || this.#expected === 0) {
      return { percent: undefined, secondsLeft: undefined };
    }
    const done = Math.min(this.#expected, this.#done());
    const percent = Math.min(99, Math.floor((100 * done) / this.#expected));
    // Before that, a small object and a slow begin make years.
    const isKnown = rate > 0 && percent > 0;
    return { percent, secondsLeft: isKnown ? (this.#expected - done) / rate : undefined };
  }
}

interface Sample {
  /** Seconds. */
  readonly time: number;
  readonly sent: number;
  readonly done: number;
}
