import type { BucketLister } from "../bucket/bucket-lister.ts";
import type { RetryOptions } from "./tries.ts";
import { retry } from "./with-retry.ts";

/** Tries what failed again, as {@link withRetry} does. */
export function withBucketRetry(lister: BucketLister, options: RetryOptions = {}): BucketLister {
  return {
    listBuckets: (call) => retry(() => lister.listBuckets(call), call?.signal, options),
  };
}
