import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { runReadmeExample } from "@backuppc-archive-s3/test-rig";
import { expect, test } from "vitest";
import {
  assess,
  chunkName,
  FORMAT,
  newAttemptId,
  openArchiveWriter,
  openCatalog,
  planGc,
  planRetention,
  sumsOf,
} from "../src/index.ts";
import { signed, TRUST } from "./stored-archive.ts";

test("The README's example writes an archive, reads and verifies it, and keeps it", async () => {
  const lines: string[] = [];
  await runReadmeExample(new URL("../README.md", import.meta.url), {
    assess,
    chunkName,
    FORMAT,
    newAttemptId,
    openArchiveWriter,
    openCatalog,
    planGc,
    planRetention,
    sumsOf,
    store: createMemoryStore(),
    encryptedChunk: bytesBody(Buffer.from("encrypted")),
    encryptedDataKey: Buffer.from("data key"),
    encryptedMembers: Buffer.from("members"),
    plainSha256: "0".repeat(64),
    encrypt: async (text: string) => Buffer.from(text),
    sign: async (head: Uint8Array) => signed(head),
    verifier: TRUST.verifier,
    report: (line: string) => lines.push(line),
  });
  expect(lines).toEqual([
    "gandalf 123: complete, 1 chunks, 1 new",
    "9 bytes as they were stored",
    "0 findings",
    "keep 123: last,young,newest",
    "freed 0 bytes, 0 later",
  ]);
});
