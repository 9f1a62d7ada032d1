import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** What recognises a passphrase; hex. */
export interface PassphraseVerifier {
  readonly salt: string;
  readonly verifier: string;
}

/** 32 MiB and a tenth of a second for each guess, for whoever gets hold of the index. */
const COST = { N: 32_768, r: 8, p: 1, maxmem: 67_108_864 };
/** Bytes. */
const LENGTH = 32;

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

async function derive(passphrase: string, salt: Buffer): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    scrypt(passphrase, salt, LENGTH, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
