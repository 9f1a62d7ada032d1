import { readFile } from "node:fs/promises";
import { messageOf } from "../message-of.ts";
import { checkKey } from "./check-key.ts";
import { keysOfFile } from "./keys-of-file.ts";
import { fileRefused } from "./key-errors.ts";
import type { PublicKey } from "./public-key.ts";

/**
 * Reads the public keys in files that `gpg --export` wrote, armored or not, one
 * key or several in each, and checks that every one of them can be encrypted to.
 * A key that stands there twice is taken once.
 *
 * @throws {EncryptionError} code `key-file` for a file that cannot be read, is empty, or holds anything
 *   but public keys; `key-unusable` for a key that is expired, revoked or cannot encrypt.
 *   No key is ever left out instead.
 *
 * @example
 * const publicKeys = await readPublicKeys(["/etc/backuppc-archive-s3/offsite.asc"]);
 * const encryptor = createEncryptor({ publicKeys });
 */
export async function readPublicKeys(
  files: readonly string[],
  now: Date = new Date(),
): Promise<PublicKey[]> {
  const keys = new Map<string, PublicKey>();
  for (const file of files) {
    for (const bytes of await keysOfFile(await contentOf(file), file)) {
      const key = await checkKey(bytes, file, now);
      if (!keys.has(key.fingerprint)) keys.set(key.fingerprint, key);
    }
  }
  return [...keys.values()];
}

async function contentOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw fileRefused(file, `cannot be read: ${messageOf(error)}`, error);
  }
}
