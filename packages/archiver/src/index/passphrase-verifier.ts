import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** What recognises a passphrase; hex. */
export interface PassphraseVerifier {
  readonly salt: string;
  readonly verifier: string;
}

/**
 * 16 MiB and some 50 ms for each guess, for whoever gets hold of the index. That is more than a guess at the data key's message
 * costs, which whoever reads the store has; and each run pays it.
 */
const COST = { N: 16_384, r: 8, p: 1, maxmem: 33_554_432 };
/** Bytes. */
const LENGTH = 32;

/** What shows in an index whether a passphrase is still the same. */
export async function verifierOf(passphrase: string): Promise<PassphraseVerifier> {
  const salt = randomBytes(16);
  const verifier = await derive(passphrase, salt);
  return { salt: salt.toString("hex"), verifier: verifier.toString("hex") };
}

/** Whether it is the passphrase that the verifier was made of. */
export async function isPassphrase(
  passphrase: string,
  { salt, verifier }: PassphraseVerifier,
): Promise<boolean> {
  const known = Buffer.from(verifier, "hex");
  const derived = await derive(passphrase, Buffer.from(salt, "hex"));
  return known.length === derived.length && timingSafeEqual(known, derived);
}

const scryptOf = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

async function derive(passphrase: string, salt: Buffer): Promise<Buffer> {
  return await scryptOf(passphrase, salt, LENGTH, COST);
}
