import type { S3Location } from "./s3-location.ts";
import { StoreError, type StoreErrorCode } from "./store-error.ts";

interface Kind {
  readonly code: StoreErrorCode;
  readonly permanent: boolean;
  readonly hint: string;
}

const TRY_AGAIN = "The store may be busy; try again later.";

/** What stores answer, by the name of their error. Not listed: see kindByStatus. */
const KINDS: Readonly<Record<string, Kind>> = {
  NoSuchBucket: {
    code: "no-bucket",
    permanent: true,
    hint: "Look at `bucket`, `region` and `endpoint` in the configuration.",
  },
  NoSuchKey: { code: "not-found", permanent: true, hint: "It may have been deleted." },
  PreconditionFailed: { code: "exists", permanent: true, hint: "Nothing is ever overwritten." },
  // Two conditional puts at a time; AWS means "try again" by it.
  ConditionalRequestConflict: { code: "throttled", permanent: false, hint: TRY_AGAIN },
  NotImplemented: {
    code: "refused",
    permanent: true,
    hint: "The store lacks what is needed; look at `provider` in the configuration.",
  },
  AccessDenied: {
    code: "denied",
    permanent: true,
    hint: "Give this access key the right to do it, or look whether it may have been suspended.",
  },
  UserSuspended: { code: "denied", permanent: true, hint: "The store has suspended this user." },
  QuotaExceeded: { code: "denied", permanent: true, hint: "Raise the store's quota." },
  InvalidAccessKeyId: {
    code: "bad-credentials",
    permanent: true,
    hint: "Look at `accessKeyId` in the configuration.",
  },
  SignatureDoesNotMatch: {
    code: "bad-credentials",
    permanent: true,
    hint: "Look at `secretAccessKey` and `region` in the configuration.",
  },
  CredentialsProviderError: {
    code: "bad-credentials",
    permanent: true,
    hint: "Set `accessKeyId` and `secretAccessKey` in the configuration.",
  },
  RequestTimeTooSkewed: { code: "clock", permanent: true, hint: "Set this machine's clock." },
  PermanentRedirect: {
    code: "refused",
    permanent: true,
    hint: "Set `region` in the configuration to the bucket's own.",
  },
  XAmzContentSHA256Mismatch: { code: "corrupted", permanent: false, hint: TRY_AGAIN },
  BadDigest: { code: "corrupted", permanent: false, hint: TRY_AGAIN },
  SlowDown: { code: "throttled", permanent: false, hint: TRY_AGAIN },
  TimeoutError: { code: "stalled", permanent: false, hint: "Look at the line to the store." },
};

const UNREACHABLE: Kind = {
  code: "unreachable",
  permanent: false,
  hint: "Look at `endpoint` in the configuration and at the line to it.",
};

/**
 * A failed call as a StoreError. The SDK's own error is not passed on: it
 * carries the request, and with it the signature.
 *
 * @param doing such as `storing a/b`
 */
export function failureOf(
  error: unknown,
  doing: string,
  { bucket, endpoint }: S3Location,
  signal: AbortSignal | undefined,
): unknown {
  if (signal?.aborted === true) return signal.reason;
  if (error instanceof StoreError) return error;
  const { name, status, reason } = readError(error);
  const { hint, ...kind } = KINDS[name] ?? kindByStatus(status);
  const where = `bucket ${bucket}${endpoint === undefined ? "" : ` at ${endpoint}`}`;
  const answer = status === undefined ? reason : `${status} ${name}`;
  return new StoreError(kind.code, `${doing} failed: ${answer} (${where}).`, { ...kind, hint });
}

function readError(error: unknown): { name: string; status: number | undefined; reason: string } {
  if (!(error instanceof Error)) return { name: "Error", status: undefined, reason: String(error) };
  const metadata = "$metadata" in error ? error.$metadata : undefined;
  const status =
    typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
      ? Number(metadata.httpStatusCode)
      : undefined;
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return { name: error.name, status, reason: error.message || code };
}

function kindByStatus(status: number | undefined): Kind {
  if (status === undefined) return UNREACHABLE;
  if (status === 429 || status === 503) {
    return { code: "throttled", permanent: false, hint: TRY_AGAIN };
  }
  if (status >= 500) return { code: "unreachable", permanent: false, hint: TRY_AGAIN };
  const hint = "Look at `provider`, `endpoint` and `bucket` in the configuration.";
  if (status === 403) return { code: "denied", permanent: true, hint };
  if (status === 404) return { code: "not-found", permanent: true, hint };
  if (status === 412) return { code: "exists", permanent: true, hint };
  return { code: "refused", permanent: true, hint };
}
