import { expect, test } from "vitest";
import { encodeManifest } from "../../src/manifest/encode-manifest.ts";
import { CatalogError, chunkName } from "../../src/index.ts";
import { refuseCrowded } from "../../src/read/refuse-crowded.ts";
import { ID } from "../stored-archive.ts";

test.each([
  ["empty lists", "[],"],
  ["empty objects", "{},"],
  ["numbers", "0,"],
  ["lists in lists", "["],
])("A manifest of a few chunks with a million %s is refused before it is parsed", (_, part) => {
  const json = Buffer.from(`{"format":1,"chunks":[${part.repeat(1_000_000)}0]}`);
  expect(() => refuseCrowded("manifest.json", json, 1000)).toThrow(CatalogError);
});

test("A manifest may have all that its entries have, whatever their versions are called", () => {
  const chunks = [1, 2, 3].map((index) => ({
    name: chunkName(ID.attempt, index, ".gz.gpg"),
    versionId: ',[{\\"'.repeat(200),
    tarOffset: (index - 1) * 1000,
    tarLength: 1000,
    storedLength: 500,
    sha256: "a".repeat(64),
  }));
  const bytes = encodeManifest({ ...ID, format: 1, tarBytes: 3000, chunks });
  expect(() => refuseCrowded("manifest.json", bytes, 3)).not.toThrow();
});

test("A string without an end is left to the parser", () => {
  expect(() => refuseCrowded("manifest.json", Buffer.from('{"a":"\\'), 1)).not.toThrow();
});
