/** A public key that {@link readPublicKeys} has found fit to encrypt to. Plain data: it may go to another thread. */
export interface PublicKey {
  /** Of the primary key, upper-case hex. */
  readonly fingerprint: string;
  /** The primary user ID on one line; `""` where the key has none. */
  readonly userId: string;
  /** The key alone, as `gpg --export` writes it. */
  readonly bytes: Uint8Array;
  /** When it was checked. Messages take the key as it was then, so that one which expires meanwhile tears no archive. */
  readonly checked: Date;
}
