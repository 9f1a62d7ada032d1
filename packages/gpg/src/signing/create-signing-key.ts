import type { SigningKey } from "./signing.ts";

/** Makes a key to sign archives with. */
export async function createSigningKey(): Promise<SigningKey> {
  throw new Error("not yet");
}
