import type { ObjectStore, Pace } from "@backuppc-archive-s3/s3-transport";
import type { Outage } from "./outage.ts";

/** Has it follow what becomes of each try to store something. Inside of a retry and a limit. */
export function watchedStore(store: ObjectStore, outage: Outage): ObjectStore {
  return {
    ...store,
    put: async (key, body, options = {}) => {
      const pace: Pace = async (wanted) => {
        // A limit of one's own may hold it up: that is no silence of the store's.
        outage.rests();
        try {
          return options.pace === undefined ? wanted : await options.pace(wanted);
        } finally {
          outage.asks();
        }
      };
      outage.asks();
      try {
        const receipt = await store.put(key, body, { ...options, pace });
        outage.answered();
        return receipt;
      } catch (error) {
        outage.failed();
        throw error;
      } finally {
        outage.rests();
      }
    },
  };
}
