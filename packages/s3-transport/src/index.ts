export type {
  CallOptions,
  DeleteFailure,
  ObjectBody,
  ObjectStore,
  PutOptions,
  StoredObject,
} from "./object-store.ts";
export type {
  BucketProtection,
  ObjectVersion,
  StoredVersion,
  VersionedStore,
} from "./versioned-store.ts";
export { StoreError, type StoreErrorCode } from "./store-error.ts";
export type { ObjectLock, S3Credentials, S3Location, StorageRules } from "./s3-location.ts";
export { TIME_LIMITS, type TimeLimits } from "./http/time-limits.ts";
export { createS3Store } from "./s3-store.ts";
export { createS3VersionedStore } from "./s3-versioned-store.ts";
export { withVersionRetry } from "./with-version-retry.ts";
export { type BucketLister, createS3BucketLister } from "./bucket-lister.ts";
export { createPresigner, type PresignedUrl, type Presigner } from "./presign.ts";
export { withRetry, type RetryOptions } from "./with-retry.ts";
export { withStorageClass } from "./with-storage-class.ts";
export { withContentMd5 } from "./with-content-md5.ts";
export { withUploadLimit, type UploadRate } from "./with-upload-limit.ts";
export { bytesBody } from "./bytes-body.ts";
export type {
  BucketAnswer,
  BucketInspector,
  DefaultLock,
  LifecycleRule,
} from "./bucket-inspector.ts";
export { createBucketInspector } from "./s3-bucket-inspector.ts";
