import type { BucketLister } from "../bucket/bucket-lister.ts";
import { retry, type RetryOptions } from "./with-retry.ts";

/** Tries what failed again, as {@link withRetry} does. */
export function withBucketRetry(lister: BucketLister, options: RetryOptions = {}): BucketLister {
  return {
    listBuckets: (call) => retry(() => lister.listBuckets(call), call?.signal, options),
  };
}
