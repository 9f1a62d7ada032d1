import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { Meter } from "./meter.ts";

/** Tells the meter of each byte as the store takes it. Inside of a retry and a limit, next to the line. */
export function meteredStore(store: ObjectStore, meter: Meter): ObjectStore {
  return {
    ...store,
    put: async (key, body, call) => {
      let sent = 0;
      const open = async function* (): AsyncGenerator<Uint8Array> {
        for await (const piece of body.open()) {
          yield piece;
          sent += piece.length;
          meter.sent(piece.length);
        }
      };
      try {
        await store.put(key, { ...body, open }, call);
      } finally {
        meter.ended(sent);
      }
    },
  };
}
