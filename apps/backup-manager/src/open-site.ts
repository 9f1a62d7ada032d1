import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import { createPresigner, createS3Store, withRetry } from "@backuppc-archive-s3/s3-transport";
import { loadSettings, resolvePassphrase, storeLocation } from "@backuppc-archive-s3/settings";
import type { Site } from "./site.ts";

/**
 * The store of the configuration. The store itself is asked for nothing yet.
 *
 * @param file what --config says
 * @throws {SettingsError}
 */
export async function openSite(
  file: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<Site> {
  const settings = await loadSettings({ file, environment });
  const { bucket, prefix } = settings;
  const location = storeLocation(settings);
  const presigner = createPresigner(location);
  const store = withRetry(createS3Store(location), RETRIES);
  return {
    name: `s3://${bucket}/${prefix}`,
    catalog: openCatalog(store, { prefix }),
    store,
    presign: async (key, expire) => await presigner.presign(key, expire),
    passphrase: async () => (await resolvePassphrase(settings))?.reveal(),
  };
}

/** Someone may be waiting at the terminal: a store that can't be reached is told within seconds. */
const RETRIES = { attempts: 5 };
