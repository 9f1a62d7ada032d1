/** Makes URLs that need no credentials for as long as they live. */
export interface Presigner {
  /**
   * A URL to GET the object. It signs `host` only, so that plain curl and wget can use it.
   *
   * @param expiresInSeconds 7 days at most, and no longer than the credentials themselves
   * @throws {StoreError} `bad-credentials` where the credentials have expired
   */
  presign(key: string, expiresInSeconds: number, versionId?: string): Promise<PresignedUrl>;

  /** For thousands of URLs that begin and end together: what they share, and what each has of its own. Throws as `presign`. */
  presignAll(expiresInSeconds: number): Promise<UrlSigner>;
}

/** A URL that needs no credentials, and its end. */
export interface PresignedUrl {
  readonly url: string;
  /** The real end: it may be earlier than was asked for. */
  readonly expires: Date;
}

/**
 * A URL is `base + path + "?" + query`, then `"&versionId=" + encodeURIComponent(versionId)` where one
 * was given, then `"&X-Amz-Signature=" + signature`. {@link signedUrl} does that.
 */
export interface UrlSigner {
  readonly expires: Date;
  /** The URL as far as the key: `https://offsite.s3.example.net/`. */
  readonly base: string;
  /** What all URLs have in their query but for the signature: `X-Amz-Algorithm=…&X-Amz-SignedHeaders=host`. */
  readonly query: string;
  /** Signs one URL; some 10 µs. */
  sign(key: string, versionId?: string): UrlSignature;
}

/** What one URL has of its own, see {@link UrlSigner}. */
export interface UrlSignature {
  /** The key, percent-encoded. */
  readonly path: string;
  /** 64 hex digits. */
  readonly signature: string;
}
