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
export type { S3Credentials, S3Location } from "./s3-location.ts";
export { createS3Store } from "./s3-store.ts";
export { createPresigner, type PresignedUrl, type Presigner } from "./presign.ts";
export { withRetry, type RetryOptions } from "./with-retry.ts";
export { bytesBody } from "./bytes-body.ts";
