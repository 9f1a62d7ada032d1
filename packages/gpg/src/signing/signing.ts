/** A new key to sign with: Ed25519, OpenPGP version 4, without passphrase and expiry, which gpg 2.1 and later import. */
export interface SigningKey {
  /** The secret key, armored. To be kept in a file of mode 0600. */
  readonly secret: string;
  /** The public key, armored. */
  readonly public: string;
  /** Upper-case hex. */
  readonly fingerprint: string;
}

/** A secret signing key. */
export interface Signer {
  /** Of the primary key, upper-case hex. */
  readonly fingerprint: string;
  /** Armored. */
  readonly publicKey: string;
  /** A detached binary signature, which `gpg --verify` accepts. May be called again, also at the same time. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Public signing keys. */
export interface Verifier {
  /**
   * The fingerprint (primary key, upper-case hex) of the trusted key that made the detached signature of `bytes`, undefined if none
   * made it, whatever `signature` is: damaged, too large, or of another key.
   */
  verify(bytes: Uint8Array, signature: Uint8Array): Promise<string | undefined>;
}
