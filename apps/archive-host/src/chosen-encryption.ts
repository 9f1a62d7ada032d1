import type { ArchiveEncryption } from "@backuppc-archive-s3/archiver";
import {
  createEncryptorPool,
  type EncryptorPoolOptions,
  readPublicKeys,
} from "@backuppc-archive-s3/gpg";
import { resolvePassphrase, type Settings } from "@backuppc-archive-s3/settings";

/**
 * Reads and checks all that can open the archive, before anything is stored. Null where the configuration has written
 * out `encryption = "none"`.
 *
 * @throws {EncryptionError | SettingsError}
 */
export async function chosenEncryption(
  settings: Settings,
  threads: EncryptorPoolOptions,
  signal: AbortSignal,
): Promise<ArchiveEncryption | null> {
  if (settings.encryption === "none") return null;
  const secret = await resolvePassphrase(settings, { signal });
  return {
    passphrase: secret?.reveal(),
    publicKeys: await readPublicKeys(settings.recipients),
    start: (recipients) => createEncryptorPool(recipients, threads),
  };
}
