import type { Verifier } from "./signing.ts";

/**
 * @param publicKeys the trusted keys, armored; a text may hold several. None: every signature is a stranger's.
 * @throws {EncryptionError} code `key-unusable`
 */
export async function readSigners(_publicKeys: readonly string[]): Promise<Verifier> {
  throw new Error("not yet");
}
