import type { StoreErrorCode, StoreErrorReason } from "../store-error.ts";

/** What a failure means, and whether the same call can succeed later. */
export interface FailureKind {
  readonly code: StoreErrorCode;
  readonly reason?: StoreErrorReason;
  readonly permanent: boolean;
}

const BUSY = passing("throttled");
const STORE_FAULT = passing("unreachable", "store-fault");
const DAMAGED = passing("corrupted");
const EXPIRED = passing("expired-credentials");
const CLOCK = passing("clock");
const STALLED = passing("stalled");
const FOREIGN = passing("unconfirmed");
const OTHER_REGION = lasting("refused", "other-region");
const FULL = lasting("denied", "full");
const ACCOUNT = lasting("denied", "account");
const KMS_KEY = lasting("refused", "kms-key");
const TOO_LARGE = lasting("refused", "too-large");
const LACKING = lasting("not-implemented");
const UNTRUSTED = lasting("unreachable", "certificate-untrusted");
const OUT_OF_DATE = lasting("unreachable", "certificate-dates");
const NO_TLS = lasting("unreachable", "no-tls");
const UNAUTHORIZED_PROXY = lasting("refused", "proxy-unauthorized");

/** By the name that the store, the SDK or Node gives it. Not listed: see {@link kindOf}. */
const KINDS: Readonly<Record<string, FailureKind>> = {
  NoSuchBucket: lasting("no-bucket"),
  NoSuchKey: lasting("not-found"),
  PreconditionFailed: lasting("exists"),
  // Two conditional puts at a time; AWS means "try again" by it.
  ConditionalRequestConflict: BUSY,
  OperationAborted: BUSY,
  NotImplemented: LACKING,
  AccessDenied: lasting("denied"),
  InvalidObjectState: lasting("denied", "cold"),
  // AWS sends it with status 400.
  EntityTooLarge: TOO_LARGE,
  "KMS.DisabledException": KMS_KEY,
  "KMS.InvalidStateException": KMS_KEY,
  "KMS.KMSInvalidStateException": KMS_KEY,
  "KMS.NotFoundException": KMS_KEY,
  InvalidStorageClass: lasting("refused", "storage-class"),
  UserSuspended: lasting("denied", "suspended"),
  AccountProblem: ACCOUNT,
  AllAccessDisabled: ACCOUNT,
  NotSignedUp: ACCOUNT,
  UserProjectAccountProblem: ACCOUNT,
  QuotaExceeded: FULL,
  InsufficientStorage: FULL,
  XMinioStorageFull: FULL,
  InvalidAccessKeyId: lasting("bad-credentials"),
  SignatureDoesNotMatch: lasting("bad-credentials", "secret-key"),
  CredentialsProviderError: lasting("bad-credentials", "no-credentials"),
  ExpiredToken: EXPIRED,
  ExpiredTokenException: EXPIRED,
  TokenRefreshRequired: EXPIRED,
  RequestTimeTooSkewed: CLOCK,
  RequestExpired: CLOCK,
  PermanentRedirect: OTHER_REGION,
  // AWS sends it for the first hours of a bucket; others for good.
  TemporaryRedirect: passing("refused", "other-place"),
  AuthorizationHeaderMalformed: OTHER_REGION,
  XAmzContentSHA256Mismatch: DAMAGED,
  BadDigest: DAMAGED,
  IncompleteBody: DAMAGED,
  SlowDown: BUSY,
  Throttling: BUSY,
  ThrottlingException: BUSY,
  RequestLimitExceeded: BUSY,
  // Status 400: the connection was idle for too long, by the store's clock.
  RequestTimeout: STALLED,
  TimeoutError: STALLED,
  Unconfirmed: FOREIGN,
  ProxyUnreachable: passing("unreachable", "proxy-unreachable"),
  ProxyRefused: lasting("refused", "proxy-refused"),
  ProxyUnauthorized: UNAUTHORIZED_PROXY,
  CERT_HAS_EXPIRED: OUT_OF_DATE,
  CERT_NOT_YET_VALID: OUT_OF_DATE,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: lasting("unreachable", "certificate-name"),
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
};

/** @param status HTTP's; undefined where no answer came */
export function kindOf(name: string, status: number | undefined): FailureKind {
  return KINDS[name] ?? kindByStatus(status);
}

const BY_STATUS: Readonly<Record<number, FailureKind>> = {
  402: ACCOUNT,
  403: lasting("denied", "odd-answer"),
  404: lasting("not-found", "odd-answer"),
  407: UNAUTHORIZED_PROXY,
  408: STORE_FAULT,
  411: lasting("refused", "no-length"),
  412: lasting("exists", "odd-answer"),
  413: TOO_LARGE,
  429: BUSY,
  501: LACKING,
  503: BUSY,
  507: FULL,
  511: FOREIGN,
};

function kindByStatus(status: number | undefined): FailureKind {
  if (status === undefined) return passing("unreachable");
  const known = BY_STATUS[status];
  if (known !== undefined) return known;
  if (status >= 500) return STORE_FAULT;
  return status < 300 ? FOREIGN : lasting("refused", "odd-answer");
}

/** The same call can succeed later. */
function passing(code: StoreErrorCode, reason?: StoreErrorReason): FailureKind {
  return { code, permanent: false, ...(reason !== undefined && { reason }) };
}

function lasting(code: StoreErrorCode, reason?: StoreErrorReason): FailureKind {
  return { code, permanent: true, ...(reason !== undefined && { reason }) };
}
