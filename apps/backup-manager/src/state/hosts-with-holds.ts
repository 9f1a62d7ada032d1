import { ArchiverError, ChunkIndex, indexedHosts } from "@backuppc-archive-s3/archiver";

/** The store that the configuration names, as chunk indexes do. */
interface Store {
  readonly bucket: string;
  readonly endpoint?: string | undefined;
  readonly prefix: string;
}

/**
 * The hosts that must have an archive in the store, by archive-host's chunk indexes on this machine: they have chunks that
 * an archive still holds. Of hosts that are listed no index is read. Where the working directory is not on this machine, none.
 *
 * @param now milliseconds, by the store's clock
 */
export async function hostsWithHolds(
  folder: string,
  store: Store,
  listed: ReadonlySet<string>,
  now: number,
): Promise<string[]> {
  const held: string[] = [];
  const hosts = await unlessUnusable(indexedHosts(folder));
  for (const host of hosts ?? [])
    if (!listed.has(host) && (await hasHolds(folder, host, store, now))) held.push(host);
  return held;
}

async function hasHolds(folder: string, host: string, store: Store, now: number): Promise<boolean> {
  const found = await unlessUnusable(ChunkIndex.read(folder, host));
  if (found === undefined || !("index" in found)) return false;
  const { header } = found.index;
  const { bucket, endpoint = null, prefix } = store;
  const isSame =
    header.store.bucket === bucket &&
    header.store.endpoint === endpoint &&
    header.store.prefix === prefix;
  return isSame && [...found.index.chunks()].some(({ holdUntil = 0 }) => holdUntil > now);
}

/** It is not on this machine, or another user's. */
async function unlessUnusable<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof ArchiverError) return undefined;
    throw error;
  }
}
