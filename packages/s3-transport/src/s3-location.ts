import type { ProxyFor } from "./http/proxy.ts";
import type { TimeLimits } from "./http/time-limits.ts";

/** A bucket, how to reach it, and how it keeps what is put there. */
export interface S3Location extends StorageRules {
  readonly bucket: string;
  readonly region: string;
  /** Such as `https://s3.example.net`; AWS unless given. */
  readonly endpoint?: string | undefined;
  /** `https://endpoint/bucket/key` in place of `https://bucket.endpoint/key`. Buckets with dots always have it. */
  readonly forcePathStyle?: boolean | undefined;
  /**
   * The SDK's default chain unless given. A function is asked again when what it
   * gave has expired, by its own account or the store's.
   */
  readonly credentials?: S3Credentials | (() => Promise<S3Credentials>) | undefined;
  /** Requests at a time, 4 unless given. */
  readonly connections?: number | undefined;
  /**
   * Whether the store heeds `If-None-Match: *`. `try` unless given: a store that answers
   * 501 is sent it no more. Where it does not, `onlyIfAbsent` asks for nothing.
   */
  readonly conditionalPut?: boolean | "try" | undefined;
  /** `sha256` where the store verifies `x-amz-checksum-sha256`, and keeps it; `none` unless given. */
  readonly checksum?: "sha256" | "none" | undefined;
  /**
   * `opaque` where the ETag of a stored object need not be the 32 hex digits that other stores give: any one
   * confirms a put then. `md5` unless given.
   */
  readonly etag?: "md5" | "opaque" | undefined;
  /** Whether to ask before a large body (`Expect: 100-continue`), until it shows that it does not know the question. */
  readonly askFirst?: boolean | undefined;
  /** Certificates of authorities (PEM): under TLS these are trusted, and no other. Node's own unless given. */
  readonly authorities?: string | undefined;
  /** Those of {@link TIME_LIMITS} unless given. */
  readonly timeLimits?: TimeLimits | undefined;
  /** Which proxy a request goes through; none unless given: the environment is not asked. */
  readonly proxyFor?: ProxyFor | undefined;
}

/** What each PUT asks of the store for its object. */
export interface StorageRules {
  /** `AES256`, or `aws:kms` with or without a key; what the bucket does by itself unless given. */
  readonly serverSideEncryption?: "AES256" | "aws:kms" | undefined;
  /** For `aws:kms`: id, alias or ARN of the key; the account's default one unless given. */
  readonly kmsKeyId?: string | undefined;
  /** Nobody deletes or changes an object for so many days from its PUT, by the store's clock. The bucket must have been made for it. */
  readonly objectLock?: ObjectLock | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface ObjectLock {
  /** `COMPLIANCE`: nobody at all, not even the account's owner; `GOVERNANCE`: but who may bypass it. */
  readonly mode: "GOVERNANCE" | "COMPLIANCE";
  readonly days: number;
}

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they end, if they do. */
  readonly expiration?: Date;
}
