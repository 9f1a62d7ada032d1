/** A bucket, and how to reach it. */
export interface S3Location {
  readonly bucket: string;
  readonly region: string;
  /** Such as `https://s3.example.net`; AWS unless given. */
  readonly endpoint?: string | undefined;
  /** `https://endpoint/bucket/key` in place of `https://bucket.endpoint/key`. Buckets with dots always have it. */
  readonly forcePathStyle?: boolean | undefined;
  /** The SDK's default chain unless given. */
  readonly credentials?: S3Credentials | undefined;
  /** Requests at a time, 4 unless given. */
  readonly connections?: number | undefined;
}

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
