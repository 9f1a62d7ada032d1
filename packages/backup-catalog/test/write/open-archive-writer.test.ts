import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { describe, expect, test } from "vitest";
import { openArchiveWriter, openCatalog } from "../../src/index.ts";
import { type Fate, recordingStore } from "../recording-store.ts";
import { chunkOf, ID, prepareArchive, storeArchive, TRUST } from "../stored-archive.ts";

const FOLDER = `site-a/archives/web.example.com/7/${ID.attempt}/`;
const CHUNKS = `site-a/chunks/web.example.com/${ID.attempt}/${ID.attempt}`;
/** By the time of the attempts of these tests. */
const now = (): Date => new Date("2026-11-22T05:00:00Z");
const LENGTH = 69;

test("writes with nothing but puts, the marker last, and overwrites nothing", async () => {
  const store = recordingStore(createMemoryStore(new Map(), { now }));
  await storeArchive(store, { prefix: "site-a/", chunks: 1 });
  expect(store.calls).toEqual([
    `put-once ${FOLDER}started.json`,
    `put ${CHUNKS}.00000001.gz.gpg`,
    `put-once ${FOLDER}KEY.1.gpg`,
    `put-once ${FOLDER}members.0001.gz.gpg`,
    `put-once ${FOLDER}manifest.json`,
    `put-once ${FOLDER}SHA256SUMS.gpg`,
    `put-once ${FOLDER}archive.json`,
    `put-once ${FOLDER}complete.1.69.1.69.sig`,
  ]);
});
