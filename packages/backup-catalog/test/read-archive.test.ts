import { text } from "node:stream/consumers";
import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { openCatalog } from "../src/index.ts";
import { archiveOfThree, ID, startedOf } from "./archive-of-three.ts";

const MANIFEST = `archives/web.example.com/7/${ID.attempt}/manifest.json`;
const sample = archiveOfThree(openCatalog(createMemoryStore()), ID);

test("manifest and marker come back as they were committed", async () => {
  const catalog = openCatalog(createMemoryStore(), { prefix: "site-a/" });
  const archive = archiveOfThree(catalog, ID, 1);
  await catalog.begin(startedOf(ID));
  await catalog.commit(archive);
  expect(await catalog.readManifest(ID)).toEqual(archive.manifest);
  expect(await catalog.readMarker(ID)).toEqual(archive.marker);
});

test("the sums are where sumsKey says", async () => {
  const store = createMemoryStore();
  const catalog = openCatalog(store, { prefix: "site-a/" });
  await catalog.begin(startedOf(ID));
  await catalog.commit(archiveOfThree(catalog, ID));
  const sums = await text(await store.get(catalog.sumsKey(ID)));
  expect(sums).toBe("sealed sums");
});

test("an unfinalized archive has neither", async () => {
  const catalog = openCatalog(createMemoryStore());
  await catalog.begin(startedOf(ID));
  await expect(catalog.readManifest(ID)).rejects.toMatchObject({ code: "not-found" });
  await expect(catalog.readMarker(ID)).rejects.toMatchObject({ code: "not-found" });
});

describe("a manifest is refused", () => {
  test.each([
    ["cut short", JSON.stringify(sample.manifest).slice(0, -9), "damaged", "is not JSON"],
    ["of another kind", "[]", "damaged", "is not as this program writes it"],
    [
      "of a newer format",
      '{"format":2}',
      "newer-format",
      "has format 2; this release reads up to 1",
    ],
    [
      "with a digest that is none",
      edited({ chunks: [{ ...sample.manifest.chunks[0], sha256: "$(reboot)" }] }),
      "damaged",
      "chunks.0.sha256",
    ],
    ["of another archive", edited({ number: 8 }), "damaged", "is of another archive"],
    [
      "that points at another archive's chunks",
      edited({ chunks: [{ ...sample.manifest.chunks[0], key: "elsewhere" }] }),
      "damaged",
      "names a chunk that is not the archive's: elsewhere",
    ],
    ["with a gap", edited({ chunks: sample.manifest.chunks.slice(1) }), "damaged", "has a gap"],
    [
      "that lacks its end",
      edited({ chunks: sample.manifest.chunks.slice(0, 2) }),
      "damaged",
      "ends before the tar does",
    ],
  ])("when it is one %s", async (_, json, code, message) => {
    const store = createMemoryStore();
    await store.put(MANIFEST, bytesBody(Buffer.from(json)));
    const reading = openCatalog(store).readManifest(ID);
    await expect(reading).rejects.toMatchObject({ name: "CatalogError", code });
    await expect(reading).rejects.toThrow(message);
  });
});

function edited(changes: object): string {
  return JSON.stringify({ ...sample.manifest, ...changes });
}
