import { describe, expect, test } from "vitest";
import { type ChunkEntry, chunkName, type Manifest } from "../../src/index.ts";
import { encodeManifest } from "../../src/manifest/encode-manifest.ts";
import { ID } from "../stored-archive.ts";

const ENTRY: ChunkEntry = {
  name: chunkName(ID.attempt, 1, ".gz.gpg"),
  tarOffset: 0,
  tarLength: 1000,
  storedLength: 500,
  sha256: "a".repeat(64),
};

/** One entry over and over: the manifest's own numbers do not matter here. */
function manifest(count: number, changes: Partial<ChunkEntry> = {}): Manifest {
  const chunks = Array.from({ length: count }, (): ChunkEntry => ({ ...ENTRY, ...changes }));
  return { ...ID, format: 1, tarBytes: count * 1000, chunks };
}

describe("encodeManifest", () => {
  test("refuses 1.5 million chunks, which no reader takes", () => {
    expect(() => encodeManifest(manifest(1_500_000))).toThrow(
      expect.objectContaining({
        code: "too-large",
        message: expect.stringMatching(/1500000 chunks/),
      }),
    );
  });

  test("writes a line for each chunk, which is JSON as a whole", () => {
    const text = Buffer.from(encodeManifest(manifest(3))).toString();
    expect(text.split("\n")).toHaveLength(6);
    expect(JSON.parse(text)).toEqual(manifest(3));
  });
});
