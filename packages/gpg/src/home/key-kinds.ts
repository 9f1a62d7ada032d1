const RSA = ["Key-Type: RSA", "Key-Length: 2048", "Key-Usage: sign"];
const ED25519 = ["Key-Type: EDDSA", "Key-Curve: ed25519", "Key-Usage: sign"];

/** Keys as gpg makes them, in the language of `gpg --generate-key`. */
export const KEY_KINDS = {
  rsa: [...RSA, "Subkey-Type: RSA", "Subkey-Length: 2048", "Subkey-Usage: encrypt"],
  cv25519: [...ED25519, "Subkey-Type: ECDH", "Subkey-Curve: cv25519"],
  nistp256: [
    "Key-Type: ECDSA",
    "Key-Curve: nistp256",
    "Subkey-Type: ECDH",
    "Subkey-Curve: nistp256",
  ],
  nistp384: [
    "Key-Type: ECDSA",
    "Key-Curve: nistp384",
    "Subkey-Type: ECDH",
    "Subkey-Curve: nistp384",
  ],
  nistp521: [
    "Key-Type: ECDSA",
    "Key-Curve: nistp521",
    "Subkey-Type: ECDH",
    "Subkey-Curve: nistp521",
  ],
  brainpool: [
    "Key-Type: ECDSA",
    "Key-Curve: brainpoolP256r1",
    "Subkey-Type: ECDH",
    "Subkey-Curve: brainpoolP256r1",
  ],
  /** gpg's default until 2009. */
  elgamal: ["Key-Type: DSA", "Key-Length: 2048", "Subkey-Type: ELG-E", "Subkey-Length: 2048"],
  /** One key for both, as old PGP programs made them. */
  "rsa alone": ["Key-Type: RSA", "Key-Length: 2048", "Key-Usage: sign encrypt"],
  "short rsa": [...RSA, "Subkey-Type: RSA", "Subkey-Length: 1024", "Subkey-Usage: encrypt"],
  "sign-only": ED25519,
} as const satisfies Record<string, readonly string[]>;

/** A kind of key, by its name in {@link KEY_KINDS}. */
export type KeyKind = keyof typeof KEY_KINDS;
