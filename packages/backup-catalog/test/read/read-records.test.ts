import { createHash } from "node:crypto";
import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { createMemoryVersions } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { openArchiveWriter, openCatalog } from "../../src/index.ts";
import { chunkOf, ID, storeArchive } from "../stored-archive.ts";
import { memory, put, textAt } from "../memory.ts";

const FOLDER = `archives/web.example.com/7/${ID.attempt}`;

describe("a manifest", () => {
  test("that the head has the digest of is read", async () => {
    const store = memory();
    const { head, chunks } = await storeArchive(store);
    expect(await openCatalog(store).readManifest(head)).toEqual({
      ...ID,
      format: 1,
      tarBytes: 3000,
      chunks,
    });
  });

  test("with one byte more is damaged", async () => {
    const store = memory();
    const { head } = await storeArchive(store);
    const key = `${FOLDER}/manifest.json`;
    await put(store, key, `${await textAt(store, key)} `);
    await expect(openCatalog(store).readManifest(head)).rejects.toMatchObject({ code: "damaged" });
  });

  test.each<[string, (text: string) => string, string]>([
    ["of another archive", (text) => text.replace('"number":7', '"number":8'), "another archive"],
    [
      "with a gap",
      (text) => text.replace('"tarOffset":1000', '"tarOffset":999'),
      "a gap or an overlap",
    ],
    [
      "that ends early",
      (text) => text.replace('"tarBytes":3000', '"tarBytes":3001'),
      "ends at 3000 of 3001",
    ],
    [
      "that names another chunk",
      (text) => text.replace(".00000003.", ".00000004."),
      "does not agree with archive.json",
    ],
    [
      "with a chunk outside of the host",
      (text) => text.replace(chunkOf(ID, 1).name, `../x/${chunkOf(ID, 1).name}`),
      "chunks.0.name",
    ],
    [
      "with a chunk of no bytes of the tar",
      (text) => text.replace('"tarLength":1000', '"tarLength":0'),
      "tarLength",
    ],
    [
      "of a newer release",
      (text) => text.replace('"format":1', '"format":2'),
      "Use a newer|format 2",
    ],
  ])("%s is refused, even where the head has its digest", async (_, spoil, message) => {
    const store = memory();
    const { head } = await storeArchive(store);
    const key = `${FOLDER}/manifest.json`;
    const spoiled = spoil(await textAt(store, key));
    await put(store, key, spoiled);
    const manifest = createHash("sha256").update(spoiled).digest("hex");
    const digests = { ...head.digests, manifest };
    await expect(openCatalog(store).readManifest({ ...head, digests })).rejects.toThrow(
      new RegExp(message),
    );
  });
});

describe("sums and members", () => {
  test("are those that the head has the digests of", async () => {
    const store = memory();
    const { head } = await storeArchive(store);
    const catalog = openCatalog(store);
    expect(String(await catalog.readMembers(head, 1))).toBe("members");
    expect(String(await catalog.readSums(head))).toContain("# web.example.com 7");
    expect(catalog.sumsKey(head)).toBe(`${FOLDER}/SHA256SUMS.gpg`);
    expect(catalog.membersKey(head, 1)).toBe(`${FOLDER}/members.0001.gz.gpg`);
    await expect(catalog.readMembers(head, 2)).rejects.toMatchObject({ code: "damaged" });
  });

  test("of another content are damaged, and missing ones not found", async () => {
    const store = memory();
    const { head } = await storeArchive(store);
    const catalog = openCatalog(store);
    await put(store, `${FOLDER}/SHA256SUMS.gpg`, "other");
    await put(store, `${FOLDER}/members.0001.gz.gpg`, "other");
    await expect(catalog.readSums(head)).rejects.toMatchObject({ code: "damaged" });
    await expect(catalog.readMembers(head, 1)).rejects.toMatchObject({ code: "damaged" });
    await store.delete([`${FOLDER}/SHA256SUMS.gpg`]);
    await expect(catalog.readSums(head)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("data keys", () => {
  test("count by their number, and older ones go once a newer one is there", async () => {
    const store = memory();
    await storeArchive(store);
    const catalog = openCatalog(store);
    expect(await catalog.dropKeys(ID, 2)).toMatchObject({ deleted: 0 });
    for (const serial of [2, 10])
      await openArchiveWriter(store).putKey(ID, serial, Buffer.from(`key ${serial}`));
    const { serial, message } = (await catalog.readKey(ID)) ?? {};
    expect([serial, String(message)]).toEqual([10, "key 10"]);
    expect(await catalog.dropKeys(ID, 10)).toMatchObject({ deleted: 2, failures: [] });
    expect(await catalog.readKey(ID)).toMatchObject({ serial: 10 });
  });

  test("are not there for an archive without a passphrase", async () => {
    const store = memory();
    await storeArchive(store, { encrypted: false });
    expect(await openCatalog(store).readKey(ID)).toBeUndefined();
  });
});

describe("a chunk's bytes", () => {
  const chunk = chunkOf(ID, 2);
  const key = `chunks/web.example.com/${chunk.name}`;

  test("are those that were stored", async () => {
    const store = memory();
    await storeArchive(store);
    const bytes = await openCatalog(store).readChunk(ID.host, chunk);
    expect(String(bytes)).toBe(`chunk ${chunk.name}`);
  });

  test.each([
    ["of the same length, but others", `Chunk ${chunk.name}`],
    ["cut short", "chunk"],
    ["that go on", `chunk ${chunk.name}!`],
  ])("%s, are damaged", async (_, text) => {
    const store = memory();
    await storeArchive(store);
    await put(store, key, text);
    const read = openCatalog(store).readChunk(ID.host, chunk);
    await expect(read).rejects.toMatchObject({ name: "CatalogError", code: "damaged" });
    await expect(read).rejects.toThrow(key);
  });

  test("are those of the version that was stored, whatever was put over it", async () => {
    const { store } = createMemoryVersions();
    const text = `chunk ${chunk.name}`;
    const { versionId = "" } = await store.put(key, bytesBody(Buffer.from(text)));
    await put(store, key, text.toUpperCase());
    const bytes = await openCatalog(store).readChunk(ID.host, { ...chunk, versionId });
    expect(String(bytes)).toBe(text);
  });

  test("that are not there are not found", async () => {
    const read = openCatalog(memory()).readChunk(ID.host, chunk);
    await expect(read).rejects.toMatchObject({ code: "not-found" });
  });
});
