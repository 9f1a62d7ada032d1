import type { CallOptions } from "../object-store.ts";
import type { VersionedStore } from "../versioned-store.ts";
import { listFromTheStart, retry, type RetryOptions } from "./with-retry.ts";

/** Tries what failed again, as {@link withRetry} does. */
export function withVersionRetry(
  store: VersionedStore,
  options: RetryOptions = {},
): VersionedStore {
  const retried = <T>(call: () => Promise<T>, { signal }: CallOptions = {}): Promise<T> =>
    retry(call, signal, options);
  return {
    protection: (call) => retried(() => store.protection(call), call),
    listVersions: (prefix, call) =>
      listFromTheStart(() => store.listVersions(prefix, call), retried, call),
    deleteVersions: (versions, call) => retried(() => store.deleteVersions(versions, call), call),
  };
}
