import type { ArchiveId, Catalog, Commit, Started } from "../src/index.ts";

export const ID: ArchiveId = {
  host: "web.example.com",
  number: 7,
  attempt: "20261122T031500Z-5f3a9c",
};

export function startedOf(id: ArchiveId): Started {
  return { ...id, format: 1, started: "2026-11-22T03:15:00.000Z", tool: "archive-host 0.1.0" };
}

/** What is committed for an archive of three chunks of 1,000 bytes, 100 stored. */
export function archiveOfThree(catalog: Catalog, id: ArchiveId, sourceErrors = 0): Commit {
  const about = {
    compression: { suffix: ".gz", name: "gzip" },
    encryption: { symmetric: true, recipients: [] },
    tarBytes: 3000,
  };
  const chunks = [0, 1, 2].map((slice) => ({
    key: catalog.chunkKey(id, slice + 1, ".gz.gpg"),
    tarOffset: slice * 1000,
    tarLength: 1000,
    storedLength: 100,
    sha256: String(slice).repeat(64),
  }));
  return {
    manifest: { ...id, format: 1, ...about, chunks },
    sealedSums: Buffer.from("sealed sums"),
    marker: {
      ...startedOf(id),
      ...about,
      finished: "2026-11-22T03:45:00.000Z",
      backup: { type: "full", started: "2026-11-21T22:00:00.000Z" },
      chunks: 3,
      storedBytes: 300,
      sourceErrors,
    },
  };
}
