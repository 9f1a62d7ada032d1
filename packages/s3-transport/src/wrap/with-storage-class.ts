import type { ObjectStore } from "../object-store.ts";

/**
 * Puts every object into a storage class, but where the call names one itself. For chunks:
 * what must be readable at once, such as a manifest, does not belong into a cold class.
 *
 * @param storageClass such as `STANDARD_IA`; the store itself is given back without one
 */
export function withStorageClass(
  store: ObjectStore,
  storageClass: string | undefined,
): ObjectStore {
  if (storageClass === undefined) return store;
  return {
    ...store,
    put: async (key, body, options) => await store.put(key, body, { storageClass, ...options }),
  };
}
