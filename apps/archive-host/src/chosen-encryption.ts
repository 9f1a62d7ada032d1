import type { Encryption } from "@backuppc-archive-s3/backup-catalog";
import {
  createSealerPool,
  readPublicKeys,
  type Sealer,
  type SealerPoolOptions,
} from "@backuppc-archive-s3/gpg";
import { resolvePassphrase, type Settings } from "@backuppc-archive-s3/settings";
import { unsealed } from "./pipeline/unsealed.ts";

/** The encryption that the configuration asks for, and what the marker tells of it. */
export interface ChosenEncryption {
  readonly sealer: Sealer;
  /** Null: chunks are stored in clear. */
  readonly encryption: Encryption | null;
}

/**
 * Reads and checks all that can open the archive, before anything is stored.
 *
 * @throws {SealError | SettingsError}
 */
export async function chosenEncryption(
  settings: Settings,
  threads: SealerPoolOptions,
  signal: AbortSignal,
): Promise<ChosenEncryption> {
  if (settings.encryption === "none") return { sealer: unsealed, encryption: null };
  const secret = await resolvePassphrase(settings, { signal });
  const passphrase = secret?.reveal();
  const publicKeys = await readPublicKeys(settings.recipients);
  return {
    sealer: createSealerPool({ passphrase, publicKeys }, threads),
    encryption: {
      symmetric: passphrase !== undefined,
      recipients: publicKeys.map(({ fingerprint }) => fingerprint),
    },
  };
}
