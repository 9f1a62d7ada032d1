import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { openCatalog } from "../../src/index.ts";
import { ID } from "../archive-of-three.ts";
import { recordingStore } from "../recording-store.ts";
import { storeArchive } from "../stored-archive.ts";

const RECORDS = `archives/web.example.com/7/${ID.attempt}`;
const CHUNK = `chunks/web.example.com/7/${ID.attempt}/web.example.com.7.tar`;

test("a whole archive has no findings, by one list of its chunks and without reading one", async () => {
  const store = recordingStore(createMemoryStore());
  await storeArchive(store, { prefix: "site-a/" });
  store.calls.length = 0;
  expect(await openCatalog(store, { prefix: "site-a/" }).verify(ID)).toEqual([]);
  expect(store.calls).toEqual([
    `list site-a/${RECORDS}/`,
    `get site-a/${RECORDS}/manifest.json`,
    `list site-a/chunks/web.example.com/7/${ID.attempt}/`,
  ]);
});

test("missing, short and extra chunks are findings", async () => {
  const store = createMemoryStore();
  await storeArchive(store);
  await store.delete([`${CHUNK}.00000001.gz.gpg`]);
  await store.put(`${CHUNK}.00000002.gz.gpg`, bytesBody(Buffer.from("chunk")));
  await store.put(`${CHUNK}.00000004.gz.gpg`, bytesBody(Buffer.from("chunk 4")));
  expect(await openCatalog(store).verify(ID)).toEqual([
    { kind: "missing", key: `${CHUNK}.00000001.gz.gpg` },
    { kind: "wrong-length", key: `${CHUNK}.00000002.gz.gpg`, expected: 7, found: 5 },
    { kind: "extra", key: `${CHUNK}.00000004.gz.gpg` },
  ]);
});

test("a marker that counts other chunks than the manifest is a finding", async () => {
  const store = createMemoryStore();
  await storeArchive(store);
  await store.delete([`${RECORDS}/complete.3.21.json`]);
  await store.put(`${RECORDS}/complete.4.28.json`, bytesBody(Buffer.from("{}")));
  const reason = "4 chunks and 28 bytes by the marker, 3 and 21 by the manifest";
  expect(await openCatalog(store).verify(ID)).toEqual([{ kind: "marker-disagrees", reason }]);
});

describe("lost records are findings", () => {
  test.each([
    [`${RECORDS}/complete.3.21.json`, { kind: "no-marker" }],
    [`${RECORDS}/SHA256SUMS.gpg`, { kind: "no-sums", key: `${RECORDS}/SHA256SUMS.gpg` }],
    [
      `${RECORDS}/manifest.json`,
      { kind: "bad-manifest", reason: expect.stringContaining("is not in the store") },
    ],
  ])("%s", async (key, finding) => {
    const store = createMemoryStore();
    await storeArchive(store);
    await store.delete([key]);
    expect(await openCatalog(store).verify(ID)).toEqual([finding]);
  });
});

test("a store that fails is an error, not a finding", async () => {
  const memory = createMemoryStore();
  await storeArchive(memory);
  const get = async (): Promise<never> => {
    throw new Error("the line is cut");
  };
  await expect(openCatalog({ ...memory, get }).verify(ID)).rejects.toThrow("the line is cut");
});
