import { KeyPrefix } from "../wrap/key-prefix.ts";
import type { LockExtender } from "./lock-extender.ts";

/** Locks objects by keys that come after a prefix, as {@link withPrefix} has the objects. */
export function withLockPrefix(locks: LockExtender, prefix: string): LockExtender {
  if (prefix === "") return locks;
  const keys = new KeyPrefix(prefix);
  return {
    extend: async ({ key, ...version }, until, options) =>
      await locks.extend({ key: keys.whole(key), ...version }, until, options),
  };
}
