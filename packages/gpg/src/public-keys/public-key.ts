/** A public key that `readPublicKeys` has checked. Plain data: it can be sent to another thread. */
export interface PublicKey {
  /** Of the primary key, upper-case hex. */
  readonly fingerprint: string;
  /** Fingerprint of the subkey (or primary key) that messages are encrypted to, upper-case hex. */
  readonly subkey: string;
  /** The primary user ID on one line; `""` if the key has none. */
  readonly userId: string;
  /** The key alone, as `gpg --export` writes it. */
  readonly bytes: Uint8Array;
  /** When it was checked. Messages use the key as it was then, so that a key which expires meanwhile breaks no archive. */
  readonly checked: Date;
}
