import type { ObjectStore } from "../object-store.ts";
import type { S3Location } from "../s3-location.ts";
import { StoreError } from "../store-error.ts";

type Put = ObjectStore["put"];

/**
 * Puts `onlyIfAbsent` where the store heeds it. A store that is not known is
 * tried: one that answers 501 to it is sent plain puts from then on.
 */
export function conditionalPut({ conditionalPut: heeds = "try" }: S3Location, put: Put): Put {
  let ask = heeds !== false;
  return async (key, body, options = {}) => {
    const { onlyIfAbsent = false } = options;
    if (!onlyIfAbsent || ask) {
      try {
        return await put(key, body, options);
      } catch (error) {
        if (!onlyIfAbsent || heeds !== "try" || !isNotImplemented(error)) throw error;
      }
    }
    const receipt = await put(key, body, { ...options, onlyIfAbsent: false });
    // It did the rest of what was asked, so the condition was what it does not know.
    ask = false;
    return receipt;
  };
}

function isNotImplemented(error: unknown): boolean {
  return error instanceof StoreError && error.code === "not-implemented";
}
