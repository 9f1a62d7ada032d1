import type { S3Location } from "../s3-location.ts";
import { StoreError } from "../store-error.ts";
import { kindOf } from "./failure-kinds.ts";

/**
 * An answer that is not one that a store gives to what was asked.
 *
 * @param doing such as `storing a/b`
 * @param problem such as `the answer had no ETag`
 */
export function unconfirmed(doing: string, problem: string, location: S3Location): StoreError {
  const { code, permanent } = kindOf("Unconfirmed", 200);
  const message = `${doing} failed: ${problem} (${placeOf(location)}).`;
  return new StoreError(code, message, { permanent, answered: false });
}

/** For messages: which bucket, and where. */
export function placeOf({ bucket, endpoint }: S3Location): string {
  return `bucket ${bucket}${endpoint === undefined ? "" : ` at ${endpoint}`}`;
}
