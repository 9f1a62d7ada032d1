import type { RetryOptions } from "../wrap/tries.ts";
import { retry } from "../wrap/with-retry.ts";
import type { LockExtender } from "./lock-extender.ts";

/** Tries what failed again, as {@link withRetry} does. */
export function withLockRetry(locks: LockExtender, options: RetryOptions = {}): LockExtender {
  return {
    extend: async (object, until, call) =>
      await retry(() => locks.extend(object, until, call), call?.signal, options),
  };
}
