import type { S3Location } from "../s3-location.ts";
import { StoreError } from "../store-error.ts";
import { type FailureKind, kindOf } from "./failure-kinds.ts";
import { type ReadFailure, readFailure } from "./read-failure.ts";
import { sentenceReason } from "./sentence-reason.ts";
import { placeOf } from "./unconfirmed.ts";

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
  const { status, retryAfterMs, requestId } = failure;
  const kind = kindOf(failure.foreign ? "" : failure.name, status);
  const frozen = kind.code === "expired-credentials" && typeof location.credentials === "object";
  const message = `${doing} failed: ${answerIn(failure, kind)} (${placeOf(location)}).`;
  return new StoreError(kind.code, message, {
    reason: sentenceReason(failure) ?? kind.reason,
    permanent: kind.permanent || frozen,
    answered: status !== undefined && status >= 300 && status < 500,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    status,
    requestId,
  });
}

function answerIn(failure: ReadFailure, kind: FailureKind): string {
  const { name, status, reason, foreign, elsewhere } = failure;
  if (status === undefined || kind.code === "unconfirmed") return foreign ? NOT_S3 : reason;
  const what = foreign ? `${status}, and ${NOT_S3}` : `${status} ${name}${detail(failure, kind)}`;
  return status < 400 && elsewhere !== undefined ? `${what}: it is at ${elsewhere}` : what;
}

const NOT_S3 = "the answer is not one of S3";

/** Names such as InvalidRequest stand for many things: the store's own sentence says which. */
function detail({ reason, name, date }: ReadFailure, { code }: FailureKind): string {
  if (code === "clock") return date === undefined ? "" : `: ${clockAgainst(date)}`;
  if (code !== "refused" && code !== "denied") return "";
  const sentence = reason.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, " ").slice(0, 200);
  return sentence === name || SAYS_NOTHING.test(sentence) ? "" : `, "${sentence}"`;
}

const SAYS_NOTHING = /^(?:access denied\.?|unknownerror|\s*)$/i;

function clockAgainst(date: Date): string {
  const minutes = Math.round((date.getTime() - Date.now()) / 60_000);
  const side = minutes > 0 ? "behind" : "ahead of";
  return `this machine's clock is ${Math.abs(minutes)} min ${side} the store's`;
}
