import type { ObjectStore } from "@backuppc-archive-s3/s3-transport";
import type { Catalog, OpenedArchive } from "../catalog.ts";
import { readChunkAt } from "../read/read-chunk.ts";
import type { ReadableArchive } from "./readable-archive.ts";

type Records = Pick<Catalog, "readManifest" | "readKey" | "chunkKey" | "sumsKey" | "membersKey">;

/** An archive whose head was opened, as every reader can use it. */
export function ownArchive(
  { head, trust }: OpenedArchive,
  records: Records,
  store: ObjectStore,
): ReadableArchive {
  const { host, number, attempt, compression, encryption, digests, tarBytes, tool } = head;
  return {
    id: { host, number, attempt },
    trust,
    head,
    describe: async () => ({ started: new Date(head.started), compression, encryption, tool }),

    async contents(options) {
      const { chunks } = await records.readManifest(head, options);
      const hasKey = encryption?.passphrase === true;
      const key = hasKey ? await records.readKey(head, options) : undefined;
      const sums = { key: records.sumsKey(head), sha256: digests.sums, manifest: digests.manifest };
      return {
        compression,
        encryption,
        tarBytes,
        chunks: chunks.map(({ name, versionId, tarLength, storedLength, sha256 }) => ({
          key: records.chunkKey(host, name),
          ...(versionId !== undefined && { versionId }),
          tarLength,
          storedLength,
          sha256,
        })),
        sums,
        members: digests.members.map((digest, index) => ({
          key: records.membersKey(head, index + 1),
          sha256: digest,
        })),
        ...(key !== undefined && { dataKey: key.message }),
      };
    },

    async readChunk({ key, sha256 = "", ...chunk }, options) {
      return once(await readChunkAt(store, key, { ...chunk, sha256 }, options));
    },
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
