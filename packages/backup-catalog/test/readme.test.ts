import { bytesBody } from "@backuppc-archive-s3/s3-transport";
import { createMemoryStore } from "@backuppc-archive-s3/s3-transport/memory";
import { runReadmeExample } from "@backuppc-archive-s3/test-rig";
import { expect, test } from "vitest";
import { newAttemptId, openCatalog, planRetention } from "../src/index.ts";

test("The README's example makes an archive complete, lists, verifies and keeps it", async () => {
  const lines: string[] = [];
  await runReadmeExample(new URL("../README.md", import.meta.url), {
    newAttemptId,
    openCatalog,
    planRetention,
    store: createMemoryStore(),
    sealedChunk: bytesBody(Buffer.from("sealed")),
    sealedSums: Buffer.from("sums"),
    report: (line: string) => lines.push(line),
  });
  expect(lines).toEqual([
    "gandalf 123: complete, 6 bytes",
    "all chunks are there",
    "keep 123: last,newest",
  ]);
});
