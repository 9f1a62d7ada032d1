import { runReadmeExample } from "@backuppc-archive-s3/test-rig";
import { expect, test } from "vitest";
import { splitIntoChunks } from "../src/index.ts";

test("The README's example does what it says", async () => {
  const pieces: Uint8Array[] = [];
  const lines: string[] = [];
  const source = (async function* () {
    yield Buffer.from("tar stream");
  })();
  await runReadmeExample(new URL("../README.md", import.meta.url), {
    splitIntoChunks,
    source,
    pieces,
    lines,
  });
  expect(Buffer.concat(pieces).toString()).toBe("tar stream");
  expect(lines).toEqual([
    "1 at 0: 4 bytes",
    "2 at 4: 4 bytes",
    "3 at 8: 2 bytes",
    "10 bytes in all",
  ]);
});
