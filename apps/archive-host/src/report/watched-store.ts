import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { Outage } from "./outage.ts";

/** Has it follow what becomes of each try to store something. Inside of a retry. */
export function watchedStore(store: ObjectStore, outage: Outage): ObjectStore {
  return {
    ...store,
    put: async (...call) => {
      try {
        const receipt = await store.put(...call);
        outage.answered();
        return receipt;
      } catch (error) {
        outage.failed();
        throw error;
      }
    },
  };
}
