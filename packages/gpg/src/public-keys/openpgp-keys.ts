import type { Config, Key, PartialConfig } from "openpgp";

/**
 * What openpgp.js is to do with keys: it refuses DSA and Elgamal unless told otherwise, which were gpg's
 * default until 2009; whoever still has such a key can open what is sealed to it.
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
