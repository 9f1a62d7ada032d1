import { expect, test } from "vitest";
import { CatalogError, type ChunkEntry, chunkName } from "../../src/index.ts";
import { encodeManifest } from "../../src/manifest/encode-manifest.ts";
import { ID } from "../stored-archive.ts";

test("A manifest of 600 MB, which is no string of JavaScript any more, is refused", () => {
  const entry: ChunkEntry = {
    name: chunkName(ID.attempt, 1, ".gz.gpg"),
    versionId: "v".repeat(1024),
    tarOffset: 0,
    tarLength: 1000,
    storedLength: 500,
    sha256: "a".repeat(64),
  };
  const chunks = Array.from({ length: 480_000 }, (): ChunkEntry => entry);
  const encode = (): unknown => encodeManifest({ ...ID, format: 1, tarBytes: 480_000_000, chunks });
  expect(encode).toThrow(CatalogError);
  expect(encode).toThrow(/more than 402653184 bytes/);
});
