import { checkStore, ChunkIndex, type HostLock } from "@backuppc-archive-s3/archiver";
import type { ArchiveWriter } from "@backuppc-archive-s3/backup-catalog";
import { oldIndex } from "../manager-error.ts";
import type { HeldHost } from "./host-state.ts";

/** A host whose lock we hold. */
export interface Held {
  /** archive-host's working directory. */
  readonly folder: string;
  readonly host: string;
  readonly uploader: string;
  readonly lock: HostLock;
  readonly writer: Pick<ArchiveWriter, "canary">;
}

export function heldHost({ folder, host, uploader, lock, writer }: Held): HeldHost {
  const withIndex = async <T>(work: (index: ChunkIndex) => Promise<T>): Promise<T | undefined> => {
    const found = await ChunkIndex.read(folder, host);
    // One that cannot be read begins anew with the next run, and knows no chunk.
    if (found === undefined || !("index" in found)) return undefined;
    try {
      return await work(found.index);
    } finally {
      await found.index.close();
    }
  };
  return {
    uploader,
    releasable: async () =>
      new Set(
        await withIndex(async (index) =>
          index.hasCanary ? [...index.chunks()].map(({ name }) => name) : [],
        ),
      ),
    strike: async (names) => (await withIndex(async (index) => await index.strike(names))) ?? 0,
    forget: async (names) =>
      await withIndex(async (index) => {
        await index.strike(names);
        const check = await checkStore({ index, writer });
        if (check !== "same") throw oldIndex(host, check);
      }),
    release: async () => await lock.release(),
  };
}
