/** In what a store differs from AWS. */
export interface ProviderQuirks {
  /** `https://endpoint/bucket/key` in place of `https://bucket.endpoint/key`. */
  readonly forcePathStyle: boolean;
  /** Whether a PUT with `If-None-Match: *` is refused if the key exists, as it should be. */
  readonly conditionalPut: boolean | "try";
  /** Whether it verifies `x-amz-checksum-sha256`. The signed SHA-256 of the body is verified by every store. */
  readonly checksum: "sha256" | "none";
  /** `opaque` where the ETag of a stored object need not be 32 hex digits: any one confirms a PUT then. */
  readonly etag: "md5" | "opaque";
  /** Whether it is asked before a large body (`Expect: 100-continue`). Where it does not answer, that costs 2 s, once. */
  readonly askFirst: boolean;
  /** Why, for each of the above. */
  readonly reasons: {
    readonly forcePathStyle: string;
    readonly conditionalPut: string;
    readonly checksum: string;
    readonly etag: string;
    readonly askFirst: string;
  };
}

/** Whom a location can name as its provider. */
export const PROVIDER_NAMES = [
  "aws",
  "ceph",
  "minio",
  "r2",
  "b2",
  "wasabi",
  "gcs",
  "other",
] as const;

/** One of {@link PROVIDER_NAMES}. */
export type Provider = (typeof PROVIDER_NAMES)[number];

/** A store's quirks are a row of this table, not an `if` somewhere. */
export const PROVIDERS: Readonly<Record<Provider, ProviderQuirks>> = {
  aws: {
    forcePathStyle: false,
    conditionalPut: true,
    checksum: "sha256",
    etag: "md5",
    askFirst: true,
    reasons: {
      forcePathStyle: "AWS retires path style for new buckets.",
      conditionalPut: "Since August 2024, in every region.",
      checksum:
        "Verified and kept with the object: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html",
      etag: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html",
      askFirst: "Answers: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html",
    },
  },
  ceph: {
    forcePathStyle: true,
    conditionalPut: true,
    checksum: "none",
    etag: "md5",
    askFirst: true,
    reasons: {
      forcePathStyle: "RGW knows buckets as host names only with rgw_dns_name.",
      conditionalPut: "Measured on RGW 16.2: exactly one of eight racers wins.",
      checksum: "Measured on RGW 16.2: takes a wrong one. RGW 20 verifies.",
      etag: "Measured on RGW 16.2.",
      askFirst: "Measured on RGW 16.2: without it a refusal appears as a broken connection.",
    },
  },
  minio: {
    forcePathStyle: true,
    conditionalPut: true,
    checksum: "none",
    etag: "md5",
    askFirst: true,
    reasons: {
      forcePathStyle: "MinIO needs MINIO_DOMAIN for buckets as host names.",
      conditionalPut:
        "Answers 412 since 2024, before 304: https://github.com/minio/minio/issues/19442",
      checksum: "Older ones refuse what is new: https://github.com/aws/aws-sdk-js-v3/issues/6810",
      etag: "Its own kind, 32 digits and -1, where no MD5 was sent: https://github.com/minio/minio/pull/7609",
      askFirst: "Not known not to.",
    },
  },
  r2: {
    forcePathStyle: true,
    conditionalPut: true,
    checksum: "none",
    etag: "md5",
    askFirst: false,
    reasons: {
      forcePathStyle: "The endpoint is the account's; its certificate covers no bucket below.",
      conditionalPut: "https://developers.cloudflare.com/r2/api/s3/conditional-operations/",
      checksum: "SHA-256 for multipart only: https://developers.cloudflare.com/r2/api/s3/api/",
      etag: "Of whole objects: https://developers.cloudflare.com/r2/api/s3/api/",
      askFirst: "Does not answer: https://developers.cloudflare.com/r2/api/s3/extensions/",
    },
  },
  b2: {
    forcePathStyle: false,
    conditionalPut: false,
    checksum: "none",
    etag: "md5",
    askFirst: true,
    reasons: {
      forcePathStyle: "Takes both.",
      conditionalPut: "Not among its headers: https://www.backblaze.com/apidocs/s3-put-object",
      checksum: "Not among its headers: https://www.backblaze.com/apidocs/s3-put-object",
      etag: "Of whole objects: https://www.backblaze.com/apidocs/s3-put-object",
      askFirst: "Not known not to.",
    },
  },
  wasabi: {
    forcePathStyle: false,
    conditionalPut: false,
    checksum: "none",
    etag: "md5",
    askFirst: true,
    reasons: {
      forcePathStyle: "Takes both.",
      conditionalPut: "Not known to; without it a PUT works as before.",
      checksum: "Not known to.",
      etag: "Not known to differ.",
      askFirst: "Not known not to.",
    },
  },
  gcs: {
    forcePathStyle: true,
    conditionalPut: false,
    checksum: "none",
    etag: "opaque",
    askFirst: true,
    reasons: {
      forcePathStyle: "Takes both; buckets with dots only this.",
      conditionalPut: "By generation only: https://github.com/apache/arrow-rs/issues/4879",
      checksum:
        "Has CRC32C of its own: https://cloud.google.com/storage/docs/xml-api/reference-headers",
      etag: "With keys of the customer's own it is no MD5: https://gitlab.com/gitlab-org/gitlab/-/issues/441782",
      askFirst: "Not known not to.",
    },
  },
  other: {
    forcePathStyle: true,
    conditionalPut: "try",
    checksum: "none",
    etag: "md5",
    askFirst: true,
    reasons: {
      forcePathStyle: "What every S3 server understands.",
      conditionalPut:
        "Those that do not know it answer 501 (OpenStack Swift), which is taken as a no.",
      checksum: "Many refuse or ignore it; Content-MD5 is known to all.",
      etag: "Measured on OpenStack Swift; what every S3 server is expected to give.",
      askFirst:
        "Found out at the first large body: https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1",
    },
  },
};
