import { openArchiveWriter, openCatalog, type Trust } from "@backuppc-archive-s3/backup-catalog";
import {
  createS3,
  createRequester,
  type RetryOptions,
  withPrefix,
  withPresignerPrefix,
  withRetry,
  withVersionPrefix,
  withVersionRetry,
} from "@backuppc-archive-s3/s3-transport";
import {
  loadSettings,
  resolvePassphrase,
  retriesOf,
  type Settings,
  storeLocation,
} from "@backuppc-archive-s3/settings";
import { findLegacyBuckets } from "./legacy/find-legacy-buckets.ts";
import { withLegacy } from "./legacy/with-legacy.ts";
import type { Site } from "./site.ts";
import { storeTime } from "./store-time.ts";

/**
 * The store of the configuration. No request is sent yet.
 *
 * @param file what --config says
 * @param note gets what is missing from lists, and why
 * @throws {SettingsError}
 */
export async function openSite(
  file: string | undefined,
  environment: NodeJS.ProcessEnv,
  note: (line: string) => void,
): Promise<Site> {
  const load = async (): Promise<Settings> =>
    await loadSettings({ file, environment, readOnly: true, manager: true });
  const settings = await load();
  const { bucket, prefix, legacy, stateDirectory, caFile } = settings;
  const location = storeLocation(settings, { reload: load, environment });
  const retries = patience(settings);
  const s3 = createS3(location);
  const store = withPrefix(withRetry(s3.store, retries), prefix);
  const versions = withVersionPrefix(withVersionRetry(s3.versions, retries), prefix);
  const presigner = withPresignerPrefix(s3.presigner, prefix);
  const own = openCatalog(store, { versions });
  const findBuckets = async (): ReturnType<typeof findLegacyBuckets> =>
    legacy ? await findLegacyBuckets(location, retries) : [];
  const writer = openArchiveWriter(store);
  const secrets = secretsOf(settings);
  let toArchive: Promise<readonly string[] | undefined> | undefined;
  return {
    name: `s3://${bucket}/${prefix}`,
    schedule: settings,
    metricsFile: settings.metricsFile,
    async hostsToArchive() {
      const { hostsToArchive } = await import("./run-command/hosts-to-archive.ts");
      // A list that shows a fault is read twice; the fault is reported once.
      toArchive ??= hostsToArchive(settings, note);
      return await toArchive;
    },
    ...withLegacy({ catalog: own, trust: secrets.trust, bucket, presigner }, findBuckets, note),
    async vanishedHosts(listed) {
      const { hostsWithHolds } = await import("./state/hosts-with-holds.ts");
      const now = storeTime(store).getTime();
      const held = await hostsWithHolds(stateDirectory, settings, listed, now);
      const archives = await Promise.all(held.map((host) => own.list({ host })));
      return held.filter((_, at) => archives[at]?.length === 0);
    },
    stateDirectory,
    ...(caFile !== undefined && { caFile }),
    store,
    writer,
    requester: createRequester(1, location.timeLimits, location.proxyFor, location.authorities),
    ...secrets,
    async lockHost(host) {
      const { lockHostState } = await import("./state/lock-host-state.ts");
      return await lockHostState(stateDirectory, host, writer);
    },
  };
}

/** Someone may be waiting at the terminal: a store that cannot be reached is reported within seconds. */
function patience(settings: Settings): RetryOptions {
  const { attempts, firstWaitMs } = retriesOf(settings);
  return { attempts: Math.min(attempts, MOST_ATTEMPTS), firstWaitMs };
}

const MOST_ATTEMPTS = 5;

type Secrets = Pick<Site, "trust" | "passphrase" | "passphraseOf" | "recipients">;

function secretsOf(settings: Settings): Secrets {
  let trust: Promise<Trust> | undefined;
  return {
    async trust() {
      // Not above: `list` needs no keys, and loading what reads them takes longer than listing.
      trust ??= import("./trust/build-trust.ts").then(
        async ({ buildTrust }) => await buildTrust(settings),
      );
      return await trust;
    },
    passphrase: async () => (await resolvePassphrase(settings))?.reveal(),
    async passphraseOf(passphraseFile) {
      const { passphrase: _, passphraseCommand: __, ...others } = settings;
      return (await resolvePassphrase({ ...others, passphraseFile }))?.reveal() ?? "";
    },
    async recipients() {
      const { readPublicKeys } = await import("@backuppc-archive-s3/gpg");
      return await readPublicKeys(settings.recipients);
    },
  };
}
