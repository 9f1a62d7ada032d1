import type { Settings } from "./parse/settings.ts";
import { PROVIDERS, type ProviderQuirks } from "./providers.ts";

/** What each PUT asks of the store for its object. */
type StorageRules = Pick<Settings, "serverSideEncryption" | "kmsKeyId" | "objectLock" | "tags">;

/** Where the store is and how to reach it: what a client of S3 needs of the configuration. */
export interface StoreLocation extends StorageRules {
  readonly bucket: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly forcePathStyle: boolean;
  /** As {@link ProviderQuirks} has them. */
  readonly conditionalPut: ProviderQuirks["conditionalPut"];
  readonly checksum: ProviderQuirks["checksum"];
  readonly etag: ProviderQuirks["etag"];
  readonly askFirst: ProviderQuirks["askFirst"];
  /** Undefined leaves it to the SDK's default chain. In clear: for the client alone. */
  readonly credentials: StoreKeys | (() => Promise<StoreKeys>) | undefined;
  readonly connections: number;
  /** Milliseconds. */
  readonly timeLimits: {
    readonly connect: number;
    readonly goAhead: number;
    readonly stall: number;
    readonly answer: number;
  };
}

interface StoreKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * The store that the configuration names, with its provider's quirks.
 *
 * @param reload reads the configuration anew, where what renews temporary credentials writes them into it
 */
export function storeLocation(settings: Settings, reload?: () => Promise<Settings>): StoreLocation {
  const { bucket, region, endpoint, connections } = settings;
  const provider = settings.provider ?? (endpoint === undefined ? "aws" : "other");
  const { reasons: _, ...quirks } = PROVIDERS[provider];
  const keys = keysOf(settings);
  const credentials =
    reload !== undefined && keys?.sessionToken !== undefined ? renewed(keys, reload) : keys;
  const { serverSideEncryption, kmsKeyId, objectLock, tags } = settings;
  const rules = { serverSideEncryption, kmsKeyId, objectLock, tags };
  const timeLimits = timeLimitsOf(settings);
  return { bucket, region, endpoint, ...quirks, connections, credentials, timeLimits, ...rules };
}

/** How a request is tried again. */
export function retriesOf({ attempts, retryWait }: Settings): {
  readonly attempts: number;
  /** Milliseconds. */
  readonly firstWait: number;
} {
  return { attempts, firstWait: retryWait * 1000 };
}

/** A connection is made sooner than a slow one is given up; an answer may need a store's whole thought. */
function timeLimitsOf({ timeout }: Settings): StoreLocation["timeLimits"] {
  const stall = timeout * 1000;
  return {
    connect: Math.max(stall / 6, Math.min(stall, 10_000)),
    goAhead: Math.min(stall, 2000),
    stall,
    answer: stall * 5,
  };
}

/** Those that are known at first, and at each further call those of the file. */
function renewed(keys: StoreKeys, reload: () => Promise<Settings>): () => Promise<StoreKeys> {
  let known: StoreKeys | undefined = keys;
  return async () => {
    const given = known ?? keysOf(await reload()) ?? keys;
    known = undefined;
    return given;
  };
}

function keysOf(settings: Settings): StoreKeys | undefined {
  const { accessKeyId, secretAccessKey, sessionToken } = settings;
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return {
    accessKeyId,
    secretAccessKey: secretAccessKey.reveal(),
    ...(sessionToken !== undefined && { sessionToken: sessionToken.reveal() }),
  };
}
