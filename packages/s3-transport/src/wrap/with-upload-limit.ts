import { demand } from "../check/demand.ts";
import type { ObjectStore, Pace, PutOptions } from "../object-store.ts";
import { type Clock, Pacer } from "./pacer.ts";

/** Bytes a second that all uploads together may take; undefined: as many as there are. Asked for every few bytes. */
export type UploadRate = () => number | undefined;

/**
 * Sends what is stored no faster than `rate`, all uploads together, in small
 * portions: the line is neither flooded nor idle, and a new rate counts within
 * a fraction of a second. Inside of a retry, so that what is sent again counts
 * again.
 *
 * @throws {StoreError} code `invalid-input` for what is no function
 * @param clock for tests
 * @example
 * const store = withRetry(withUploadLimit(createS3(location).store, () => 2_500_000));
 */
export function withUploadLimit(store: ObjectStore, rate: UploadRate, clock?: Clock): ObjectStore {
  demand(typeof rate === "function", "The upload rate is no function.");
  const pacer = new Pacer(rate, clock);
  const paceFor =
    ({ pace }: PutOptions): Pace =>
    async (wanted) => {
      const allowed = await pacer.next(wanted);
      return pace === undefined ? allowed : await pace(allowed);
    };
  return {
    ...store,
    put: async (key, body, options = {}) =>
      await store.put(key, body, { ...options, pace: paceFor(options) }),
  };
}
