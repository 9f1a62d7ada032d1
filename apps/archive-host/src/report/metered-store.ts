import type { ObjectStore, Pace } from "@backuppc-archive-s3/s3-transport";
import type { Meter } from "./meter.ts";

/** Tells the meter of each byte as the store takes it. Inside of a retry and a limit, next to the line. */
export function meteredStore(store: ObjectStore, meter: Meter): ObjectStore {
  return {
    ...store,
    put: async (key, body, options = {}) => {
      let sent = 0;
      const pace: Pace = async (wanted) => {
        const allowed = options.pace === undefined ? wanted : await options.pace(wanted);
        sent += allowed;
        meter.sent(allowed);
        return allowed;
      };
      try {
        return await store.put(key, body, { ...options, pace });
      } finally {
        meter.ended(sent);
      }
    },
  };
}
