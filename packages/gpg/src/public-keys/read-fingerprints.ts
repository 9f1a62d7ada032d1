import { readFile } from "node:fs/promises";
import { messageOf } from "../message-of.ts";
import { fileRefused } from "./key-errors.ts";
import { keysOfFile } from "./keys-of-file.ts";
import { openpgpKey } from "./openpgp-keys.ts";

/**
 * The fingerprints of the primary keys in those files, upper-case hex. Unlike `readPublicKeys` it takes a key that
 * has expired since: archives that were encrypted to it are still its owner's.
 *
 * @throws {EncryptionError} code `key-file` for a file that can't be read or holds anything but public keys
 */
export async function readFingerprints(files: readonly string[]): Promise<string[]> {
  const fingerprints = new Set<string>();
  for (const file of files) {
    const content = await readFile(file).catch((error: unknown) => {
      throw fileRefused(file, `can't be read: ${messageOf(error)}`, error);
    });
    for (const bytes of await keysOfFile(content, file)) {
      const key = await openpgpKey(bytes).catch((error: unknown) => {
        throw fileRefused(file, "holds a key that can't be understood", error);
      });
      fingerprints.add(key.getFingerprint().toUpperCase());
    }
  }
  return [...fingerprints];
}
