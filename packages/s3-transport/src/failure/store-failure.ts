import type { S3Location } from "../s3-location.ts";
import { StoreError } from "../store-error.ts";
import { type FailureKind, kindOf } from "./failure-kinds.ts";
import { type ReadFailure, readFailure } from "./read-failure.ts";

/**
 * A failed call as a StoreError. The SDK's own error is not passed on: it
 * carries the request, and with it the signature.
 *
 * @param doing such as `storing a/b`
 */
export function failureOf(
  error: unknown,
  doing: string,
  location: S3Location,
  signal: AbortSignal | undefined,
): unknown {
  if (signal?.aborted === true) return signal.reason;
  if (error instanceof StoreError) return error;
  const failure = readFailure(error);
  const { name, status, reason, retryAfter } = failure;
  const kind = kindOf(name, status);
  const { bucket, endpoint, credentials } = location;
  const where = `bucket ${bucket}${endpoint === undefined ? "" : ` at ${endpoint}`}`;
  const answer = status === undefined ? reason : `${status} ${name}${detail(failure, kind)}`;
  const frozen = kind.code === "expired-credentials" && typeof credentials === "object";
  return new StoreError(kind.code, `${doing} failed: ${answer} (${where}).`, {
    hint: kind.code === "clock" ? clockHint(failure) : kind.hint,
    permanent: kind.permanent || frozen,
    answered: status !== undefined && status < 500,
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

/** Names such as InvalidRequest stand for many things: the store's own sentence tells which. */
function detail({ reason, name }: ReadFailure, { code }: FailureKind): string {
  const sentence = reason.replaceAll(/\s+/g, " ").slice(0, 200);
  return code === "refused" && sentence !== name ? `, "${sentence}"` : "";
}

function clockHint({ date }: ReadFailure): string {
  const hint = "Set this machine's clock";
  if (date === undefined) return `${hint}.`;
  const minutes = Math.round((date.getTime() - Date.now()) / 60_000);
  const side = minutes > 0 ? "behind" : "ahead of";
  return `${hint}: it is ${Math.abs(minutes)} min ${side} the store's.`;
}
