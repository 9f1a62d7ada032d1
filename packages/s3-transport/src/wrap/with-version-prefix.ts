import type { VersionedStore } from "../versioned-store.ts";
import { KeyPrefix } from "./key-prefix.ts";

/** The versions of what starts with a prefix, as {@link withPrefix} has the objects. */
export function withVersionPrefix(versions: VersionedStore, prefix: string): VersionedStore {
  if (prefix === "") return versions;
  const keys = new KeyPrefix(prefix);
  return {
    protection: async (options) => await versions.protection(options),
    listVersions: (folder, options) =>
      keys.list((whole, call) => versions.listVersions(whole, call), folder, options),
    deleteVersions: async (named, options) => {
      const whole = named.map(({ key, version }) => ({ key: keys.whole(key), version }));
      return keys.failures(await versions.deleteVersions(whole, options));
    },
  };
}
