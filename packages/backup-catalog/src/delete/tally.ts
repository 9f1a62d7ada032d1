import type { DeleteFailure, StoredObject } from "@backuppc-archive-s3/s3-transport";
import type { DeleteOptions, DeleteOutcome } from "./delete-outcome.ts";

/** Counts what a delete does, and reports its progress. */
export class Tally {
  readonly #onProgress: DeleteOptions["onProgress"];
  readonly #failures: DeleteFailure[] = [];
  readonly #unknownKeys: string[] = [];
  #expected = 0;
  #deleted = 0;
  #bytes = 0;

  constructor(onProgress: DeleteOptions["onProgress"]) {
    this.#onProgress = onProgress;
  }

  /** So many more objects are known of. */
  expect(objects: number): void {
    this.#expected += objects;
  }

  unknown(key: string): void {
    this.#unknownKeys.push(key);
  }

  /** What one request was to delete, and what of it stayed. */
  add(items: readonly StoredObject[], failures: readonly DeleteFailure[]): void {
    const stayed = new Set(failures.map(({ key }) => key));
    const gone = items.filter(({ key }) => !stayed.has(key));
    this.#deleted += gone.length;
    this.#bytes += gone.reduce((sum, { length }) => sum + length, 0);
    for (const failure of failures) this.#failures.push(failure);
    const total = Math.max(this.#expected, this.#deleted + this.#failures.length);
    this.#onProgress?.({ done: this.#deleted, total });
  }

  get hasFailures(): boolean {
    return this.#failures.length > 0;
  }

  outcome(): DeleteOutcome {
    return {
      deleted: this.#deleted,
      freedBytes: this.#bytes,
      failures: this.#failures,
      unknownKeys: this.#unknownKeys,
    };
  }
}
