import type { ObjectStore } from "../object-store.ts";
import { KeyPrefix } from "./key-prefix.ts";

/**
 * The part of a store whose keys start with a prefix, as a store of its own: its keys come after the prefix, and what is
 * outside is neither shown nor touched. Errors of the store in it still name whole keys.
 *
 * @param prefix such as `site-a/`; the store itself is given back for `""`
 *
 * @example
 * const site = withPrefix(withRetry(s3.store), "site-a/");
 * await site.put("hello.txt", bytesBody(Buffer.from("hello"))); // site-a/hello.txt
 */
export function withPrefix(store: ObjectStore, prefix: string): ObjectStore {
  if (prefix === "") return store;
  const keys = new KeyPrefix(prefix);
  return {
    put: async (key, body, options) => await store.put(keys.whole(key), body, options),
    get: async (key, options) => await store.get(keys.whole(key), options),
    list: (folder, options) => keys.list((whole, call) => store.list(whole, call), folder, options),
    delete: async (named, options) => {
      const whole = named.map((key) => keys.whole(key));
      return keys.failures(await store.delete(whole, options));
    },
    now: () => store.now(),
  };
}
