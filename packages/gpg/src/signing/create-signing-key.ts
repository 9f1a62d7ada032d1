import type { SigningKey } from "./signing.ts";

/** Makes a key to sign archives with. */
export async function createSigningKey(): Promise<SigningKey> {
  const { generateKey, readKey } = await import("openpgp");
  const { privateKey, publicKey } = await generateKey({
    // gpg 2.1 and later read it; the newer form of the same curve only 2.5 does.
    type: "ecc",
    curve: "ed25519Legacy",
    subkeys: [],
    userIDs: [{ name: "backuppc-archive-s3 signing key" }],
    config: { v6Keys: false, aeadProtect: false },
  });
  const key = await readKey({ armoredKey: publicKey });
  const fingerprint = key.getFingerprint().toUpperCase();
  return { secret: privateKey, public: publicKey, fingerprint };
}
