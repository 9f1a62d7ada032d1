import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import {
  createPresigner,
  createS3Store,
  createS3VersionedStore,
  withRetry,
  withVersionRetry,
} from "@backuppc-archive-s3/s3-transport";
import {
  loadSettings,
  resolvePassphrase,
  type Settings,
  storeLocation,
} from "@backuppc-archive-s3/settings";
import { findPredecessorBuckets } from "./predecessor/find-predecessor-buckets.ts";
import { withPredecessor } from "./predecessor/with-predecessor.ts";
import type { Site } from "./site.ts";

/**
 * The store of the configuration. The store itself is asked for nothing yet.
 *
 * @param file what --config says
 * @param note told of what is missing from lists, and why
 * @throws {SettingsError}
 */
export async function openSite(
  file: string | undefined,
  environment: NodeJS.ProcessEnv,
  note: (line: string) => void,
): Promise<Site> {
  const load = async (): Promise<Settings> =>
    await loadSettings({ file, environment, readOnly: true });
  const settings = await load();
  const { bucket, prefix } = settings;
  const location = storeLocation(settings, load);
  const presigner = createPresigner(location);
  const store = withRetry(createS3Store(location), RETRIES);
  const versions = withVersionRetry(createS3VersionedStore(location), RETRIES);
  const own = openCatalog(store, { prefix, versions });
  const findBuckets = async (): ReturnType<typeof findPredecessorBuckets> =>
    await findPredecessorBuckets(location, RETRIES);
  return {
    name: `s3://${bucket}/${prefix}`,
    ...withPredecessor(own, findBuckets, note),
    store,
    presign: async (key, expire) => await presigner.presign(key, expire),
    passphrase: async () => (await resolvePassphrase(settings))?.reveal(),
  };
}

/** Someone may be waiting at the terminal: a store that can't be reached is told within seconds. */
const RETRIES = { attempts: 5 };
