/**
 * What is used of the SDK. To be imported when a call needs it (`await import("./sdk.ts")`): the SDK takes long to load. It is CommonJS,
 * of which esbuild gives nothing but a default if that itself is imported so.
 */
export {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
