import { runReadmeExample } from "@backuppc-archive-s3/test-rig/readme";
import { expect, test } from "vitest";
import { createSealerPool, type Recipients, type SealerPoolOptions } from "../src/index.ts";

test("The README's example writes an OpenPGP message", async () => {
  const pieces: Uint8Array[] = [];
  await runReadmeExample(new URL("../README.md", import.meta.url), {
    createSealerPool: (recipients: Recipients, options: SealerPoolOptions) =>
      createSealerPool(recipients, {
        ...options,
        workerFile: new URL("../dist/worker.js", import.meta.url),
      }),
    passphrase: "secret",
    source: (async function* () {
      yield Buffer.from("a chunk");
    })(),
    file: { write: (piece: Uint8Array) => pieces.push(piece) },
  });
  // Tag 3, a symmetric-key encrypted session key, comes first.
  expect(Buffer.concat(pieces)[0]).toBe(0xc3);
});
