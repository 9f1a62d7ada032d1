import { demand, isHeaderText } from "../check/demand.ts";
import type { ObjectStore } from "../object-store.ts";

/**
 * Puts every object into a storage class, but where the call names one itself. For chunks:
 * what must be readable at once, such as a manifest, does not belong into a cold class.
 *
 * @throws {StoreError} code `invalid-input` for what no store would take
 * @param storageClass such as `STANDARD_IA`; the store itself is given back without one
 */
export function withStorageClass(
  store: ObjectStore,
  storageClass: string | undefined,
): ObjectStore {
  if (storageClass === undefined) return store;
  demand(isHeaderText(storageClass), "The storage class is no name of one.");
  return {
    ...store,
    put: async (key, body, options) => await store.put(key, body, { storageClass, ...options }),
  };
}
