import type { StoreErrorCode } from "../store-error.ts";

/** What a failure means: whether the same call can succeed later, and what the user can do. */
export interface FailureKind {
  readonly code: StoreErrorCode;
  readonly permanent: boolean;
  readonly hint: string;
}

const TRY_AGAIN = "The store may be busy; try again later.";
const BUSY: FailureKind = { code: "throttled", permanent: false, hint: TRY_AGAIN };
const STORE_FAULT: FailureKind = { code: "unreachable", permanent: false, hint: TRY_AGAIN };
const DAMAGED: FailureKind = { code: "corrupted", permanent: false, hint: TRY_AGAIN };
const EXPIRED: FailureKind = {
  code: "expired-credentials",
  permanent: false,
  hint: "Get new temporary credentials, or set up the default chain of the SDK to renew them.",
};
const CLOCK: FailureKind = { code: "clock", permanent: false, hint: "Set this machine's clock." };
const WRONG_REGION: FailureKind = {
  code: "refused",
  permanent: true,
  hint: "Set `region` in the configuration to the bucket's own.",
};
const FULL: FailureKind = {
  code: "denied",
  permanent: true,
  hint: "Raise the store's quota, or delete old archives.",
};
const FOREIGN: FailureKind = {
  code: "unconfirmed",
  permanent: false,
  hint: "Something else answered in the store's place: check for a proxy or a captive portal, and `endpoint`.",
};
const UNTRUSTED: FailureKind = {
  code: "unreachable",
  permanent: true,
  hint: "Check `endpoint`. For an authority of your own, set `caFile` in the configuration to the file of its certificate.",
};
const OUT_OF_DATE: FailureKind = {
  code: "unreachable",
  permanent: true,
  hint: "Check this machine's clock (timedatectl set-ntp true). If it is right, the store needs a new certificate.",
};
const NO_TLS: FailureKind = {
  code: "unreachable",
  permanent: true,
  hint: "Check the scheme and the port of `endpoint` in the configuration: what answers there does not speak TLS, or not with this program.",
};
const UNREACHABLE: FailureKind = {
  code: "unreachable",
  permanent: false,
  hint: "Check `endpoint` in the configuration, and the network.",
};

const UNAUTHORIZED_PROXY: FailureKind = {
  code: "refused",
  permanent: true,
  hint: "The proxy wants a name and a password: set them in the environment, https_proxy=http://NAME:PASSWORD@HOST:PORT.",
};

/** By the name that the store, the SDK or Node gives it. Not listed: see {@link kindOf}. */
const KINDS: Readonly<Record<string, FailureKind>> = {
  NoSuchBucket: {
    code: "no-bucket",
    permanent: true,
    hint: "Check `bucket`, `region` and `endpoint` in the configuration.",
  },
  NoSuchKey: { code: "not-found", permanent: true, hint: "It may have been deleted." },
  PreconditionFailed: { code: "exists", permanent: true, hint: "Nothing is ever overwritten." },
  // Two conditional puts at a time; AWS means "try again" by it.
  ConditionalRequestConflict: BUSY,
  OperationAborted: BUSY,
  NotImplemented: {
    code: "not-implemented",
    permanent: true,
    hint: "The store lacks what is needed; check `provider` in the configuration.",
  },
  AccessDenied: {
    code: "denied",
    permanent: true,
    hint: "Give this access key the right to do it, or check that it is not suspended.",
  },
  InvalidObjectState: {
    code: "denied",
    permanent: true,
    hint: "It is in a cold storage class and must be restored from it first: see docs/stores.md.",
  },
  InvalidStorageClass: {
    code: "refused",
    permanent: true,
    hint: "Check `storageClass` in the configuration: the store does not know it.",
  },
  UserSuspended: { code: "denied", permanent: true, hint: "The store has suspended this user." },
  QuotaExceeded: FULL,
  InsufficientStorage: FULL,
  XMinioStorageFull: FULL,
  InvalidAccessKeyId: {
    code: "bad-credentials",
    permanent: true,
    hint: "Check `accessKeyId` in the configuration.",
  },
  SignatureDoesNotMatch: {
    code: "bad-credentials",
    permanent: true,
    hint: "Check `secretAccessKey` and `region` in the configuration.",
  },
  CredentialsProviderError: {
    code: "bad-credentials",
    permanent: true,
    hint: "Set `accessKeyId` and `secretAccessKey` in the configuration.",
  },
  ExpiredToken: EXPIRED,
  ExpiredTokenException: EXPIRED,
  TokenRefreshRequired: EXPIRED,
  RequestTimeTooSkewed: CLOCK,
  RequestExpired: CLOCK,
  PermanentRedirect: WRONG_REGION,
  // AWS sends it for the first hours of a bucket; others for good.
  TemporaryRedirect: {
    code: "refused",
    permanent: false,
    hint: "Set `endpoint` and `region` in the configuration to the bucket's own.",
  },
  AuthorizationHeaderMalformed: WRONG_REGION,
  XAmzContentSHA256Mismatch: DAMAGED,
  BadDigest: DAMAGED,
  IncompleteBody: DAMAGED,
  SlowDown: BUSY,
  Throttling: BUSY,
  ThrottlingException: BUSY,
  RequestLimitExceeded: BUSY,
  // Status 400: the connection was idle for too long, by the store's clock.
  RequestTimeout: { code: "stalled", permanent: false, hint: "Check the network to the store." },
  TimeoutError: { code: "stalled", permanent: false, hint: "Check the network to the store." },
  Unconfirmed: FOREIGN,
  ProxyUnreachable: {
    code: "unreachable",
    permanent: false,
    hint: "Check https_proxy, http_proxy and no_proxy in the environment, and the proxy.",
  },
  ProxyRefused: {
    code: "refused",
    permanent: true,
    hint: "Have the proxy allow the store, or add the store's name to no_proxy in the environment.",
  },
  ProxyUnauthorized: UNAUTHORIZED_PROXY,
  CERT_HAS_EXPIRED: OUT_OF_DATE,
  CERT_NOT_YET_VALID: OUT_OF_DATE,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: "unreachable",
    permanent: true,
    hint: "Set `endpoint` in the configuration to a name that is in the store's certificate; if it is, something else answers in the store's place.",
  },
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
};

/** @param status HTTP's; undefined where no answer came */
export function kindOf(name: string, status: number | undefined): FailureKind {
  return KINDS[name] ?? kindByStatus(status);
}

const BY_STATUS: Readonly<Record<number, FailureKind>> = {
  407: UNAUTHORIZED_PROXY,
  408: STORE_FAULT,
  411: {
    code: "refused",
    permanent: true,
    hint: "Check for a proxy before the store that removes the header Content-Length.",
  },
  413: {
    code: "refused",
    permanent: true,
    hint: "The store, or a proxy before it, takes no object of this size: set a smaller `chunkSize`.",
  },
  429: BUSY,
  501: KINDS["NotImplemented"] ?? STORE_FAULT,
  503: BUSY,
  507: FULL,
  511: FOREIGN,
};

function kindByStatus(status: number | undefined): FailureKind {
  if (status === undefined) return UNREACHABLE;
  const known = BY_STATUS[status];
  if (known !== undefined) return known;
  if (status >= 500) return STORE_FAULT;
  if (status < 300) return FOREIGN;
  const hint = "Check `provider`, `endpoint` and `bucket` in the configuration.";
  if (status < 400) return { code: "refused", permanent: true, hint };
  if (status === 403) return { code: "denied", permanent: true, hint };
  if (status === 404) return { code: "not-found", permanent: true, hint };
  if (status === 412) return { code: "exists", permanent: true, hint };
  return { code: "refused", permanent: true, hint };
}
