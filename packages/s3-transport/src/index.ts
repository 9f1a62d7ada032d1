export type {
  CallOptions,
  DeleteFailure,
  GetOptions,
  ListOptions,
  ObjectBody,
  ObjectStore,
  Pace,
  PutOptions,
  PutReceipt,
  StoredObject,
} from "./object-store.ts";
export type {
  BucketProtection,
  ObjectVersion,
  StoredVersion,
  VersionedStore,
} from "./versioned-store.ts";
export { StoreError, type StoreErrorCode, type StoreErrorReason } from "./store-error.ts";
export type { ObjectLock, S3Credentials, S3Location, StorageRules } from "./s3-location.ts";
export type { Place, Proxy, ProxyFor } from "./http/proxy.ts";
export { createRequester, type Requester } from "./http/requester.ts";
export type { OutgoingRequest } from "./http/outgoing.ts";
export { TIME_LIMITS, type TimeLimits } from "./http/time-limits.ts";
export { createS3, type S3, type S3Options } from "./s3.ts";
export { PROVIDER_NAMES, PROVIDERS, type Provider, type ProviderQuirks } from "./providers.ts";
export { providerOf } from "./with-quirks.ts";
export { withBucketRetry } from "./wrap/with-bucket-retry.ts";
export { withVersionRetry } from "./wrap/with-version-retry.ts";
export { withPrefix } from "./wrap/with-prefix.ts";
export { withVersionPrefix } from "./wrap/with-version-prefix.ts";
export type { LockedObject, LockExtender } from "./lock/lock-extender.ts";
export { withLockRetry } from "./lock/with-lock-retry.ts";
export { withLockPrefix } from "./lock/with-lock-prefix.ts";
export type { BucketLister } from "./bucket/bucket-lister.ts";
export type { PresignedUrl, Presigner, UrlSignature, UrlSigner } from "./presign/presigner.ts";
export { withPresignerPrefix } from "./presign/with-presigner-prefix.ts";
export { bucketPlace } from "./presign/address-at.ts";
export { signedUrl } from "./presign/url-signer.ts";
export { withRetry } from "./wrap/with-retry.ts";
export type { RetryOptions } from "./wrap/tries.ts";
export { withStorageClass } from "./wrap/with-storage-class.ts";
export { withContentMd5 } from "./wrap/with-content-md5.ts";
export { withUploadLimit, type UploadRate } from "./wrap/with-upload-limit.ts";
export { bytesBody } from "./put/bytes-body.ts";
export type {
  BucketAnswer,
  BucketInspector,
  DefaultLock,
  LifecycleRule,
} from "./bucket/bucket-inspector.ts";
