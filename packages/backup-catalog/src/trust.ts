/** What an archive must satisfy to be believed: the part of the configuration that readers bring. */
export interface Trust {
  /** The trusted signing keys, such as `readSigners` of package gpg makes it. Without it nothing is verified. */
  readonly verifier?: SignatureVerifier;
  /** Whether archives may be stored without encryption: only where the configuration says so. */
  readonly allowPlaintext: boolean;
  /** Fingerprints (primary keys, any case) that archives may be encrypted to; unless given, any. */
  readonly recipients?: readonly string[];
  /**
   * Whether the configuration has a passphrase. Then an archive that no trusted key has signed must be one that the
   * passphrase opens, and name no recipient beside `recipients`: anyone can encrypt to a public key.
   */
  readonly passphrase?: boolean;
  /** Filters that may decompress, beside gzip, bzip2, xz and zstd: absolute paths, known in archives by their last part. */
  readonly filters: readonly string[];
}

/** The trusted signing keys, wherever they are from. */
export interface SignatureVerifier {
  /** The fingerprint of the trusted key that made the detached signature; undefined if none did. */
  verify(bytes: Uint8Array, signature: Uint8Array): Promise<string | undefined>;
}

/**
 * Why an archive is not verified.
 *
 * - `no-marker`: nobody has signed it: it is incomplete, or was deleted
 * - `two-markers`: complete and partial at once, or complete with two counts
 * - `marker-disagrees`: the marker's name counts something else than the head
 * - `no-signers`: no signing key is trusted
 * - `bad-signature`: no trusted key made the marker
 */
export type UnverifiedReason =
  "no-marker" | "two-markers" | "marker-disagrees" | "no-signers" | "bad-signature";

/** Whether a trusted key has signed the head. */
export type TrustState =
  | { readonly state: "verified"; /** Fingerprint of the signing key. */ readonly signer: string }
  | { readonly state: "unverified"; readonly reason: UnverifiedReason };
