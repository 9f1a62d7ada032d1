import type { CallOptions } from "../object-store.ts";
import { StoreError, type StoreErrorCode } from "../store-error.ts";
import type { BucketProtection } from "../versioned-store.ts";
import type { BucketInspector } from "./bucket-inspector.ts";

/** What a bucket's settings mean for deletes, as far as the store and the user's rights show: a request each. */
export async function bucketProtection(
  bucket: BucketInspector,
  options: CallOptions = {},
): Promise<BucketProtection> {
  return {
    versioning: await told(() => bucket.versioning(options)),
    objectLock: await told(() => isLocked(bucket, options)),
  };
}

/** Not every store has a name of its own for a bucket that was made without object lock. */
async function isLocked(bucket: BucketInspector, options: CallOptions): Promise<boolean> {
  try {
    return (await bucket.objectLock(options)) !== undefined;
  } catch (error) {
    if (error instanceof StoreError && error.code === "not-found") return false;
    throw error;
  }
}

const TROUBLES: ReadonlySet<StoreErrorCode> = new Set([
  "no-bucket",
  "bad-credentials",
  "expired-credentials",
  "clock",
]);

/** Many stores know no such question, and many users may not ask it. What else fails is thrown. */
async function told<Answer>(ask: () => Promise<Answer>): Promise<Answer | "unknown"> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (!error.permanent || TROUBLES.has(error.code)) throw error;
    return "unknown";
  }
}
