import type { ObjectBody, ObjectStore } from "../object-store.ts";
import { Pacer } from "./pacer.ts";

/** Bytes a second that all uploads together may take; undefined: as many as there are. Asked for every few bytes. */
export type UploadRate = () => number | undefined;

/**
 * Sends what is stored no faster than `rate`, all uploads together, in small
 * portions: the line is neither flooded nor idle, and a new rate counts within
 * a fraction of a second. Inside of a retry, so that what is sent again counts
 * again.
 *
 * @example
 * const store = withRetry(withUploadLimit(createS3Store(location), () => 2_500_000));
 */
export function withUploadLimit(store: ObjectStore, rate: UploadRate): ObjectStore {
  const pacer = new Pacer(rate);
  return { ...store, put: (key, body, call) => store.put(key, paced(body, pacer), call) };
}

function paced(body: ObjectBody, pacer: Pacer): ObjectBody {
  return {
    ...body,
    async *open() {
      for await (const piece of body.open()) {
        for (let at = 0; at < piece.length;) {
          const length = await pacer.next(piece.length - at);
          yield piece.subarray(at, at + length);
          at += length;
        }
      }
    },
  };
}
