import type { CallOptions, ListOptions } from "../object-store.ts";
import type { StoredVersion, VersionedStore } from "../versioned-store.ts";
import type { RetryOptions } from "./tries.ts";
import { resumed, retry } from "./with-retry.ts";

/** Tries what failed again, as {@link withRetry} does. */
export function withVersionRetry(
  store: VersionedStore,
  options: RetryOptions = {},
): VersionedStore {
  const retried = <T>(call: () => Promise<T>, { signal }: CallOptions = {}): Promise<T> =>
    retry(call, signal, options);
  return {
    protection: (call) => retried(() => store.protection(call), call),
    listVersions: (prefix, call) => listAgain(store, prefix, call, options),
    deleteVersions: (versions, call) => retried(() => store.deleteVersions(versions, call), call),
  };
}

/** Goes on with the key that it was at: of that, some versions have come. */
function listAgain(
  store: VersionedStore,
  prefix: string,
  call: ListOptions = {},
  options: RetryOptions,
): AsyncIterable<StoredVersion> {
  let { after } = call;
  let key: string | undefined;
  let come = new Set<string>();
  const begin = async function* (): AsyncGenerator<StoredVersion> {
    const rest = { ...call, ...(after !== undefined && { after }) };
    for await (const one of store.listVersions(prefix, rest)) {
      if (one.key !== key) {
        after = key ?? after;
        key = one.key;
        come = new Set();
      }
      if (come.has(one.version)) continue;
      come.add(one.version);
      yield one;
    }
  };
  return resumed(begin, call.signal, options);
}
