/** In what a store differs from AWS. */
export interface ProviderQuirks {
  /** `https://endpoint/bucket/key` in place of `https://bucket.endpoint/key`. */
  readonly forcePathStyle: boolean;
  /** Whether a PUT with `If-None-Match: *` is refused if the key exists, as it should be. */
  readonly conditionalPut: boolean;
  /** Why, for each of the above. */
  readonly reasons: { readonly forcePathStyle: string; readonly conditionalPut: string };
}

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

export type Provider = (typeof PROVIDER_NAMES)[number];

/** A store's quirks are a row of this table, not an `if` somewhere. */
export const PROVIDERS: Readonly<Record<Provider, ProviderQuirks>> = {
  aws: {
    forcePathStyle: false,
    conditionalPut: true,
    reasons: {
      forcePathStyle: "AWS retires path style for new buckets.",
      conditionalPut: "Since August 2024, in every region.",
    },
  },
  ceph: {
    forcePathStyle: true,
    conditionalPut: true,
    reasons: {
      forcePathStyle: "RGW knows buckets as host names only with rgw_dns_name.",
      conditionalPut: "Measured on RGW 16.2: exactly one of eight racers wins.",
    },
  },
  minio: {
    forcePathStyle: true,
    conditionalPut: true,
    reasons: {
      forcePathStyle: "MinIO needs MINIO_DOMAIN for buckets as host names.",
      conditionalPut:
        "Answers 412 since 2024, before 304: https://github.com/minio/minio/issues/19442",
    },
  },
  r2: {
    forcePathStyle: true,
    conditionalPut: true,
    reasons: {
      forcePathStyle: "The endpoint is the account's; its certificate covers no bucket below.",
      conditionalPut: "https://developers.cloudflare.com/r2/api/s3/conditional-operations/",
    },
  },
  b2: {
    forcePathStyle: false,
    conditionalPut: false,
    reasons: {
      forcePathStyle: "Takes both.",
      conditionalPut: "Not among its headers: https://www.backblaze.com/apidocs/s3-put-object",
    },
  },
  wasabi: {
    forcePathStyle: false,
    conditionalPut: false,
    reasons: {
      forcePathStyle: "Takes both.",
      conditionalPut: "Not known to; without it a PUT works as before.",
    },
  },
  gcs: {
    forcePathStyle: true,
    conditionalPut: false,
    reasons: {
      forcePathStyle: "Takes both; buckets with dots only this.",
      conditionalPut: "By generation only: https://github.com/apache/arrow-rs/issues/4879",
    },
  },
  other: {
    forcePathStyle: true,
    conditionalPut: false,
    reasons: {
      forcePathStyle: "What every S3 server understands.",
      conditionalPut: "Some answer 501 (OpenStack Swift), some let two racers win.",
    },
  },
};
