import {
  type ArchiveId,
  CatalogError,
  type Encryption,
  type StoredKey,
} from "@backuppc-archive-s3/backup-catalog";
import {
  decryptDataKey,
  encryptDataKey,
  EncryptionError,
  type PublicKey,
} from "@backuppc-archive-s3/gpg";
import { ManagerError } from "../manager-error.ts";
import type { Site } from "../site.ts";

export interface Passphrases {
  /** Opens the archives now. */
  readonly old: string;
  /** Shall open them. */
  readonly new: string;
}

/** `unchanged`: the new passphrase opens it already; `without`: it has no data key. `serial` of the highest key. */
export type KeyPut =
  | { readonly kind: "changed" | "unchanged"; readonly serial: number }
  | { readonly kind: "without" };

/**
 * Puts the archive's data key beside it once more, encrypted with the new passphrase, and to the recipients that the
 * archive names.
 *
 * @throws {ManagerError} code `cannot-decrypt` if neither passphrase opens it, or a recipient's key is not at hand
 * @throws {CatalogError}, {StoreError}, {EncryptionError}
 */
export async function putNewKey(
  id: ArchiveId,
  { old, new: next, test }: Passphrases & { readonly test: boolean },
  site: Site,
): Promise<KeyPut> {
  const key = await site.catalog.readKey(id);
  if (key === undefined) return { kind: "without" };
  if ((await opened(key, next)) !== undefined) return { kind: "unchanged", serial: key.serial };
  const dataKey = await opened(key, old);
  if (dataKey === undefined) throw neither();
  const publicKeys = await recipientsOf(id, site);
  const serial = key.serial + 1;
  if (test) return { kind: "changed", serial };
  const message = await encryptDataKey(dataKey, { passphrase: next, publicKeys });
  await putOnce(id, serial, message, site);
  const there = await site.catalog.readKey(id);
  // Before an older one goes, the store has to show that this one is there, and opens.
  if (there?.serial === serial && (await opened(there, next)) === dataKey)
    return { kind: "changed", serial };
  const lost = `KEY.${serial}.gpg is not what was stored`;
  throw new ManagerError("cannot-decrypt", lost, "Try again.");
}

/** Undefined if this passphrase does not open it. */
async function opened({ message }: StoredKey, passphrase: string): Promise<string | undefined> {
  try {
    return await decryptDataKey(message, passphrase);
  } catch (error) {
    if (error instanceof EncryptionError && error.code === "decryption-failed") return undefined;
    throw error;
  }
}

function neither(): ManagerError {
  const message = "neither the old nor the new passphrase opens its data key";
  const hint = "Give the passphrase of that archive with --old-passphrase-file.";
  return new ManagerError("cannot-decrypt", message, hint);
}

/** Something is there already if the answer to our own put was lost: what it is, is checked after. */
async function putOnce(
  id: ArchiveId,
  serial: number,
  message: Uint8Array,
  { writer }: Site,
): Promise<void> {
  try {
    await writer.putKey(id, serial, message);
  } catch (error) {
    if (!(error instanceof CatalogError && error.code === "attempt-taken")) throw error;
  }
}

/** The configured keys of the recipients that the archive names: each of them must be among these. */
async function recipientsOf(id: ArchiveId, site: Site): Promise<PublicKey[]> {
  const wanted = (await encryptionOf(id, site))?.recipients ?? [];
  if (wanted.length === 0) return [];
  const known = await site.recipients();
  return wanted.map((fingerprint) => {
    const key = known.find((each) => each.fingerprint === fingerprint);
    if (key !== undefined) return key;
    const message = `it is encrypted to the key ${fingerprint}, too, which the configuration does not have`;
    const hint = "Name the file of that public key in `recipients`.";
    throw new ManagerError("cannot-decrypt", message, hint);
  });
}

/** An archive whose run failed may have a data key and no head. */
async function encryptionOf(id: ArchiveId, { catalog }: Site): Promise<Encryption | null> {
  try {
    return (await catalog.readHead(id)).head.encryption;
  } catch (error) {
    if (error instanceof CatalogError && error.code === "not-found") return null;
    throw error;
  }
}
