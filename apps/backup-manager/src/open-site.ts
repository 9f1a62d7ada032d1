import { openCatalog } from "@backuppc-archive-s3/backup-catalog";
import {
  createPresigner,
  createS3Store,
  type S3Location,
  withRetry,
} from "@backuppc-archive-s3/s3-transport";
import { loadSettings, PROVIDERS, type Settings } from "@backuppc-archive-s3/settings";
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
  const location = locationOf(settings);
  const presigner = createPresigner(location);
  return {
    name: `s3://${bucket}/${prefix}`,
    catalog: openCatalog(withRetry(createS3Store(location), RETRIES), { prefix }),
    presign: async (key, expire) => await presigner.presign(key, expire),
  };
}

/** Someone may be waiting at the terminal: a store that can't be reached is told within seconds. */
const RETRIES = { attempts: 5 };

function locationOf(settings: Settings): S3Location {
  const { bucket, region, endpoint, connections } = settings;
  const provider = settings.provider ?? (endpoint === undefined ? "aws" : "other");
  const { forcePathStyle } = PROVIDERS[provider];
  const credentials = credentialsOf(settings);
  return { bucket, region, endpoint, connections, forcePathStyle, credentials };
}

function credentialsOf({
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: Settings): S3Location["credentials"] {
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  const token = sessionToken === undefined ? {} : { sessionToken: sessionToken.reveal() };
  return { accessKeyId, secretAccessKey: secretAccessKey.reveal(), ...token };
}
