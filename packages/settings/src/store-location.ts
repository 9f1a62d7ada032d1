import {
  bucketPlace,
  type S3Credentials,
  type S3Location,
  type TimeLimits,
} from "@backuppc-archive-s3/s3-transport";
import type { Settings } from "./parse/settings.ts";
import { namesProxy, proxyFor } from "./proxy/proxy-for.ts";
import { readAuthorities } from "./read-authorities.ts";
import { keysIn, keysOf } from "./store-keys.ts";

/** What a location needs beside the settings. */
export interface LocationOptions {
  /** Reads the configuration anew, where what renews temporary credentials writes them into it. */
  readonly reload?: () => Promise<Settings>;
  /** Where `https_proxy` and `AWS_ACCESS_KEY_ID` may be set; the application passes its own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Where the store of the configuration is and how to reach it, with its keys in clear: for the client alone.
 *
 * @throws {SettingsError} code `invalid`, for a proxy or a `caFile` that cannot be used, half a pair of keys, or a profile that is not there
 */
export function storeLocation(
  settings: Settings,
  { reload, environment = {} }: LocationOptions = {},
): S3Location {
  const { bucket, region, endpoint, provider, connections } = settings;
  const keys = keysOf(settings);
  const credentials =
    reload !== undefined && keys?.sessionToken !== undefined
      ? renewed(keys, reload)
      : (keys ?? keysIn(environment));
  const { serverSideEncryption, kmsKeyId, objectLock, tags } = settings;
  const rules = { serverSideEncryption, kmsKeyId, objectLock, tags };
  const timeLimits = timeLimitsOf(settings);
  // A proxy that cannot be used is reported before anything is asked.
  storeProxy(settings, environment);
  const proxies = namesProxy(environment)
    ? { proxyFor: proxyFor.bind(undefined, environment) }
    : {};
  const authorities = readAuthorities(settings);
  const place = { bucket, region, endpoint, provider, authorities, ...proxies };
  return { ...place, connections, credentials, timeLimits, ...rules };
}

/**
 * The address of the proxy that requests to the store go through, for people. `no_proxy` may name the bucket's own
 * address, or that of its region.
 *
 * @throws {SettingsError} code `invalid`
 */
export function storeProxy(
  { bucket, region, endpoint, provider }: Settings,
  environment: NonNullable<LocationOptions["environment"]>,
): string | undefined {
  const place = bucketPlace({ bucket, region, endpoint, provider });
  return proxyFor(environment, place)?.address;
}

/** How a request is tried again. */
export function retriesOf({ attempts, retryWait }: Settings): {
  readonly attempts: number;
  /** Milliseconds. */
  readonly firstWaitMs: number;
} {
  return { attempts, firstWaitMs: retryWait * 1000 };
}

/** A connection is made sooner than a slow one is given up; an answer may need a store's whole thought. */
function timeLimitsOf({ timeout }: Settings): TimeLimits {
  const stallMs = timeout * 1000;
  return {
    connectMs: Math.max(stallMs / 6, Math.min(stallMs, 10_000)),
    goAheadMs: Math.min(stallMs, 2000),
    stallMs,
    answerMs: stallMs * 5,
  };
}

/** Those that are known at first, and at each further call those of the file. */
function renewed(
  keys: S3Credentials,
  reload: () => Promise<Settings>,
): () => Promise<S3Credentials> {
  let known: S3Credentials | undefined = keys;
  return async () => {
    const given = known ?? keysOf(await reload()) ?? keys;
    known = undefined;
    return given;
  };
}
