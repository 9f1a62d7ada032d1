import type { ProxyFor } from "./http/proxy.ts";
import type { TimeLimits } from "./http/time-limits.ts";
import type { Provider, ProviderQuirks } from "./providers.ts";

/** A bucket, how to reach it, and how it keeps what is put there. */
export interface S3Location extends StorageRules, Partial<Undefinable<Quirks>> {
  readonly bucket: string;
  readonly region: string;
  /** Such as `https://s3.example.net`; AWS unless given. */
  readonly endpoint?: string | undefined;
  /** Sets the quirks below that are not given; `aws` without an endpoint and `other` with one unless given. */
  readonly provider?: Provider | undefined;
  /**
   * The SDK's default chain unless given. A function is asked again when what it
   * gave has expired, by its own account or the store's.
   */
  readonly credentials?: S3Credentials | (() => Promise<S3Credentials>) | undefined;
  /** Requests at a time, 4 unless given. */
  readonly connections?: number | undefined;
  /** Certificates of authorities (PEM): under TLS these are trusted, and no other. Node's own unless given. */
  readonly authorities?: string | undefined;
  /** Those of {@link TIME_LIMITS} unless given. */
  readonly timeLimits?: TimeLimits | undefined;
  /** Which proxy a request goes through; none unless given: the environment is not asked. */
  readonly proxyFor?: ProxyFor | undefined;
}

/** Those of the provider, unless a location has its own. Buckets with dots always have path style. */
export type Quirks = Omit<ProviderQuirks, "reasons">;

type Undefinable<Type> = { readonly [Key in keyof Type]: Type[Key] | undefined };

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

/** How long objects are locked, and for whom. */
export interface ObjectLock {
  /** `COMPLIANCE`: nobody at all, not even the account's owner; `GOVERNANCE`: but who may bypass it. */
  readonly mode: "GOVERNANCE" | "COMPLIANCE";
  readonly days: number;
}

/** Keys in clear, temporary ones with their token. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they end, if they do. */
  readonly expiration?: Date;
}
