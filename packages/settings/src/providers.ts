/** In what stores differ from AWS. */
export interface ProviderQuirks {
  /** `https://endpoint/bucket/key` in place of `https://bucket.endpoint/key`. */
  readonly forcePathStyle: boolean;
  readonly reason: string;
}

/** A store's quirks are a row of this table, not an `if` somewhere. */
export const PROVIDERS = {
  aws: { forcePathStyle: false, reason: "AWS retires path style for new buckets." },
  ceph: { forcePathStyle: true, reason: "RGW knows buckets as host names only with rgw_dns_name." },
  minio: { forcePathStyle: true, reason: "MinIO needs MINIO_DOMAIN for buckets as host names." },
  r2: {
    forcePathStyle: true,
    reason: "R2's endpoint is the account's; its certificate covers no bucket below.",
  },
  b2: { forcePathStyle: false, reason: "B2 takes both." },
  wasabi: { forcePathStyle: false, reason: "Wasabi takes both." },
  gcs: {
    forcePathStyle: true,
    reason: "GCS's XML interface takes both; dotted buckets only this.",
  },
  other: { forcePathStyle: true, reason: "What every S3 server understands." },
} as const satisfies Readonly<Record<string, ProviderQuirks>>;

export type Provider = keyof typeof PROVIDERS;
