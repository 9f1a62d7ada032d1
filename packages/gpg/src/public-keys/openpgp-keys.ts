import type { Config, Key, PartialConfig } from "openpgp";

/**
 * How openpgp.js treats keys: by default it refuses DSA and Elgamal, which gpg
 * made until 2009. Whoever still has such a key can open what is encrypted to it.
 */
export const KEY_RULES: PartialConfig = {
  rejectPublicKeyAlgorithms: new Set(),
  aeadProtect: false,
};

/** The key as openpgp.js works with it. */
export async function openpgpKey(bytes: Uint8Array): Promise<Key> {
  // Loaded here, not above: it takes longer than the rest of a program that may only show its help.
  const { readKey } = await import("openpgp");
  return await readKey({ binaryKey: bytes, config: KEY_RULES });
}

/** The rules for those calls that want a whole configuration. */
export async function wholeConfig(): Promise<Config> {
  const { config } = await import("openpgp");
  return { ...config, ...KEY_RULES };
}
