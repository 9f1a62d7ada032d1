export type {
  CallOptions,
  DeleteFailure,
  ObjectBody,
  ObjectStore,
  PutOptions,
  StoredObject,
} from "./object-store.ts";
export { StoreError, type StoreErrorCode } from "./store-error.ts";
export { createS3Store, type S3Location } from "./s3-store.ts";
export { presignGet, type PresignOptions, type PresignedUrl } from "./presign.ts";
export { bytesBody } from "./bytes-body.ts";
