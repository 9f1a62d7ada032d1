import { CatalogError, type Head } from "@backuppc-archive-s3/backup-catalog";
import { decryptDataKey, EncryptionError } from "@backuppc-archive-s3/gpg";
import { ManagerError } from "../manager-error.ts";
import type { Site } from "../site.ts";
import type { Opening } from "./decrypt.ts";

/**
 * What opens the archive: the data key, where there is a passphrase, or a secret key in gpg's keyring. Undefined if it is
 * not encrypted.
 *
 * @throws {ManagerError} code `cannot-decrypt`, or `no-passphrase` if none is known
 * @throws {CatalogError} code `damaged` if the data key is lost
 */
export async function openingOf(head: Head, site: Site): Promise<Opening | undefined> {
  const { encryption } = head;
  if (encryption === null) return undefined;
  const passphrase = encryption.passphrase ? await site.passphrase() : undefined;
  const byKey: Opening = {
    kind: "key",
    fingerprints: [...encryption.recipients, ...encryption.subkeys],
  };
  if (passphrase === undefined) {
    if (encryption.recipients.length > 0) return byKey;
    const hint = "Add passphraseFile to the configuration.";
    throw new ManagerError("no-passphrase", "it cannot be decrypted: no passphrase is known", hint);
  }
  const key = await site.catalog.readKey(head);
  if (key !== undefined)
    return { kind: "data-key", secret: await openDataKey(key.message, passphrase) };
  if (encryption.recipients.length > 0) return byKey;
  const message = "the data key (KEY.n.gpg) is missing: the passphrase opens nothing";
  throw new CatalogError("damaged", message);
}

/** @throws {ManagerError} code `cannot-decrypt`; {CatalogError} code `damaged` */
export async function openDataKey(message: Uint8Array, passphrase: string): Promise<string> {
  try {
    return await decryptDataKey(message, passphrase);
  } catch (error) {
    if (!(error instanceof EncryptionError)) throw error;
    if (error.code === "bad-message")
      throw new CatalogError("damaged", `the data key is damaged: ${error.message}`, {
        cause: error,
      });
    const hint =
      "Check the passphrase in the configuration. After a change, `backup-manager rekey` gives old archives the new one.";
    const why = "it cannot be decrypted: the passphrase does not open its data key";
    throw new ManagerError("cannot-decrypt", why, hint, error);
  }
}
