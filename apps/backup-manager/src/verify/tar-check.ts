import type { Finding } from "@backuppc-archive-s3/backup-catalog";
import type { Site } from "../site.ts";
import type { ArchiveInCheck } from "./archive-in-check.ts";
import { type PlainChunk, readPlainChunk } from "./chunk-data.ts";
import type { SharedChunk } from "./shared-chunks.ts";
import { startTarReader, type TarReader } from "./tar-reader.ts";

/** Reads the tar of one archive while its chunks are checked. */
export interface TarCheck {
  /** The next chunk, in the order of `sharedChunks`; one of another archive changes nothing. */
  take(chunk: SharedChunk<ArchiveInCheck>, plain: PlainChunk): Promise<void>;
  /** After the last chunk: what tar complained of. */
  findings(): Promise<Finding[]>;
  /** Ends it, wherever it is. May be called again. */
  stop(): void;
}

/** @throws {ManagerError} code `cannot-run` if there is no tar */
export async function startTarCheck(archive: ArchiveInCheck, site: Site): Promise<TarCheck> {
  const tar = await startTarReader();
  const { chunks } = archive.manifest;
  let next = 0;
  /** What stands in the stream again was checked before, and is fetched once more. */
  const repeat = async (until: number): Promise<void> => {
    for (; next < until; next++) {
      const entry = chunks[next];
      if (entry !== undefined) await feed(tar, await readPlainChunk(entry, archive.opener, site));
    }
  };
  return {
    async take({ uses }, plain) {
      const use = uses.find((each) => each.archive === archive);
      if (use === undefined) return;
      await repeat(use.place);
      await feed(tar, plain);
      next = use.place + 1;
    },
    async findings() {
      await repeat(chunks.length);
      const complaint = await tar.complaint();
      const { host, number } = archive.head;
      if (complaint === undefined) return [];
      return [{ kind: "damaged", key: `${host}.${number}.tar`, reason: complaint }];
    },
    stop: () => tar.stop(),
  };
}

async function feed(tar: TarReader, { pieces }: PlainChunk): Promise<void> {
  for (const piece of pieces) await tar.read(piece);
}
