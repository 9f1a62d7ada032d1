import { bytesBody, type ObjectStore } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { expect, test } from "vitest";
import { type ChunkEntry, openCatalog } from "../../src/index.ts";
import { storeArchive } from "../stored-archive.ts";

test("a chunk's bytes are those that were stored", async () => {
  const { store, chunk } = await storedChunk();
  expect((await read(store, chunk)).text).toBe("chunk 2");
});

test.each([
  ["has other bytes", "chunk 3", "has SHA-256"],
  ["is cut short", "chunk", "has 5 bytes; 7 were stored"],
  ["has grown", "chunk 2!", "has 8 bytes; 7 were stored"],
])("one that %s is damaged, which is told after its last byte", async (_, bytes, message) => {
  const { store, chunk } = await storedChunk();
  await store.put(chunk.key, bytesBody(Buffer.from(bytes)));
  const { text, error } = await read(store, chunk);
  expect(text).toBe(bytes);
  expect(error).toMatchObject({ name: "CatalogError", code: "damaged" });
  expect(String(error)).toContain(`${chunk.key} ${message}`);
});

test("one that is not there is the store's error", async () => {
  const { store, chunk } = await storedChunk();
  await store.delete([chunk.key]);
  expect((await read(store, chunk)).error).toMatchObject({ name: "StoreError", code: "not-found" });
});

async function storedChunk(): Promise<{ store: ObjectStore; chunk: ChunkEntry }> {
  const store = createMemoryStore();
  const { chunks } = await storeArchive(store);
  const chunk = chunks[1];
  if (chunk === undefined) throw new Error("The archive has no second chunk.");
  return { store, chunk };
}

async function read(
  store: ObjectStore,
  chunk: ChunkEntry,
): Promise<{ text: string; error?: unknown }> {
  let text = "";
  try {
    for await (const bytes of openCatalog(store).readChunk(chunk)) text += String(bytes);
    return { text };
  } catch (error) {
    return { text, error };
  }
}
