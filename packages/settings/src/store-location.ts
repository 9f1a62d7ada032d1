import type { Settings } from "./parse/settings.ts";
import { keysIn, keysOf, type StoreKeys } from "./store-keys.ts";
import { readAuthorities } from "./read-authorities.ts";
import { PROVIDERS, type ProviderQuirks } from "./providers.ts";
import { type Proxy, proxyFor } from "./proxy/proxy-for.ts";

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
  /** PEM: what `caFile` holds. */
  readonly authorities: string | undefined;
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
  /** Of the environment; undefined where there is none for this store. */
  readonly proxyFor?: (place: {
    readonly protocol: string;
    readonly hostname: string;
  }) => Proxy | undefined;
}

export interface LocationOptions {
  /** Reads the configuration anew, where what renews temporary credentials writes them into it. */
  readonly reload?: () => Promise<Settings>;
  /** Where `https_proxy` and `AWS_ACCESS_KEY_ID` may be set; the application passes its own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * The store that the configuration names, with its provider's quirks.
 *
 * @throws {SettingsError} code `invalid`, for a proxy or a `caFile` that cannot be used
 */
export function storeLocation(
  settings: Settings,
  { reload, environment = {} }: LocationOptions = {},
): StoreLocation {
  const { bucket, region, endpoint, connections } = settings;
  const provider = settings.provider ?? (endpoint === undefined ? "aws" : "other");
  const { reasons: _, ...quirks } = PROVIDERS[provider];
  const keys = keysOf(settings);
  const credentials =
    reload !== undefined && keys?.sessionToken !== undefined
      ? renewed(keys, reload)
      : (keys ?? keysIn(environment));
  const { serverSideEncryption, kmsKeyId, objectLock, tags } = settings;
  const rules = { serverSideEncryption, kmsKeyId, objectLock, tags };
  const timeLimits = timeLimitsOf(settings);
  const proxies =
    storeProxy(settings, environment) === undefined
      ? {}
      : { proxyFor: proxyFor.bind(undefined, environment) };
  const authorities = readAuthorities(settings);
  const place = { bucket, region, endpoint, authorities, ...quirks, ...proxies };
  return { ...place, connections, credentials, timeLimits, ...rules };
}

/**
 * The address of the proxy that requests to the store go through, for people.
 *
 * @throws {SettingsError} code `invalid`
 */
export function storeProxy(
  { endpoint = "https://s3.amazonaws.com" }: Settings,
  environment: NonNullable<LocationOptions["environment"]>,
): string | undefined {
  return proxyFor(environment, new URL(endpoint))?.address;
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
